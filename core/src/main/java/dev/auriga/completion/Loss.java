// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

/// Something a translation could not carry: a stable reason token and the field it was in.
///
/// Tokens are kebab-case and part of the public contract (header `x-auriga-loss`), such as
/// `unsupported-field` or `foreign-signature`.
public record Loss(String reason, String field) {
  @Override
  public String toString() {
    return reason + ":" + field;
  }
}
