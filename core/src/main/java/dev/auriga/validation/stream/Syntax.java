// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.stream;

/// What becomes of text that is no JSON.
public enum Syntax {
  /// It is lost at once.
  STRICT,
  /// It may be repaired once it is whole, so nothing more is said of it before. What does not begin
  /// as an object is not judged at all while it comes.
  REPAIRABLE
}
