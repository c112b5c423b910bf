// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import java.util.Locale;

/// The constants of a closed set as words: `HIGH_VOLUME` is `high-volume`.
final class Words {
  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Throws [IllegalArgumentException] when there is no such constant.
  static <E extends Enum<E>> E read(Class<E> set, String word) {
    return Enum.valueOf(set, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
