// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance.sdk;

import java.util.List;
import java.util.Map;

/// The tool every SDK offers.
final class Weather {
  static final String NAME = "get_weather";
  static final String DESCRIPTION = "Tells the weather in a city";
  static final Map<String, Object> PROPERTIES =
      Map.of("city", Map.of("type", "string", "description", "The city's name"));
  static final List<String> REQUIRED = List.of("city");

  private Weather() {}
}
