// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance.sdk;

/// A conversation with a model by way of an SDK; remembers what was said.
public interface Dialogue {
  Sdk.Heard say(String text);

  /// Says something about a PNG image.
  Sdk.Heard show(byte[] png, String text);

  /// Gives `result` for every tool call of the last answer.
  Sdk.Heard report(String result);
}
