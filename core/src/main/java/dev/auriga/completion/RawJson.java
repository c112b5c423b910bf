// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

/// A JSON value as text, kept as it came.
public record RawJson(String text) {
  public static final RawJson EMPTY_OBJECT = new RawJson("{}");
}
