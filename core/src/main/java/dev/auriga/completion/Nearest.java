// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The names somebody probably meant who wrote one that does not exist.
public final class Nearest {
  private static final int MOST = 3;

  private Nearest() {}

  /// At most three of `known`, nearest first: those within a third of the shorter name in edits,
  /// those that begin with about what was written, and those that contain it.
  public static List<String> to(String written, Collection<String> known) {
    return known.stream()
        .filter(name -> isNear(written, name))
        .sorted(
            Comparator.comparingInt((String name) -> distance(written, name))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }

  /// `did you mean "x"?`, else what is known, else null when nothing is.
  public static @Nullable String advice(String written, Collection<String> known) {
    List<String> near = to(written, known);
    if (!near.isEmpty()) {
      return "did you mean \"%s\"?".formatted(String.join("\" or \"", near));
    }
    return known.isEmpty() ? null : "known: " + String.join(", ", known);
  }

  private static boolean isNear(String written, String name) {
    int most = Math.min(written.length(), name.length()) / 3;
    String beginning = name.substring(0, Math.min(name.length(), written.length() + 1));
    return distance(written, name) <= most
        || distance(written, beginning) <= written.length() / 4
        || (written.length() > 2 && name.contains(written));
  }

  /// Edits from one to the other without regard to case: insert, delete, replace, swap neighbours.
  static int distance(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int cheapest(int[][] edits, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int least =
        Math.min(
            edits[i - 1][j - 1] + (same ? 0 : 1), Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
  }
}
