// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

/// There is no credential to send: whoever issues it did not, or not in time.
///
/// The message says which credential and why, without any part of it.
public final class CredentialFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CredentialFailure(String message) {
    super(message, null, false, false);
  }
}
