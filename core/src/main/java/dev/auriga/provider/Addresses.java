// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import java.net.URI;

/// Base addresses as people paste them, made uniform.
final class Addresses {
  private Addresses() {}

  /// `base` as text with each of `endings` cut off in turn where it ends with it.
  static String without(URI base, String... endings) {
    String text = base.toString();
    for (String ending : endings) {
      while (text.endsWith(ending)) {
        text = text.substring(0, text.length() - ending.length());
      }
    }
    return text;
  }
}
