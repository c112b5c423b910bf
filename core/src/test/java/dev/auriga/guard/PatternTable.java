// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.params.provider.Arguments;

/// The table of what is recognised and what is not, `patterns.txt`, with what it stands for made up.
final class PatternTable {
  private static final Pattern MADE_UP = Pattern.compile("<([aAhubc])(\\d+)>");

  record Row(List<String> tokens, String text) {}

  private PatternTable() {}

  static List<Arguments> rows() {
    return read().stream().map(row -> Arguments.of(row.tokens(), row.text())).toList();
  }

  static List<Row> read() {
    try (var file = PatternTable.class.getResourceAsStream("/dev/auriga/guard/patterns.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.matches("(-|[a-z-]+(,[a-z-]+)*) \\| .*"))
          .map(PatternTable::row)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Row row(String line) {
    String[] cells = line.split(" \\| ", 2);
    List<String> tokens = cells[0].equals("-") ? List.of() : List.of(cells[0].split(","));
    String text = cells[1].replace("\\\\", "\u0000").replace("\\n", "\n").replace('\u0000', '\\');
    Random random = new Random(line.hashCode());
    return new Row(
        tokens,
        MADE_UP
            .matcher(text)
            .replaceAll(found -> madeUp(random, found.group(1).charAt(0), Integer.parseInt(found.group(2)))));
  }

  private static String madeUp(Random random, char kind, int length) {
    String of =
        switch (kind) {
          case 'A' -> "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
          case 'h' -> "0123456789abcdef";
          case 'u' -> "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
          case 'b' -> "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
          case 'c' -> "abcdefghijklmnopqrstuvwxyz0123456789";
          default -> "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        };
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < length; i++) {
      // Letters at the ends, so that a token is as long as it is said to be.
      made.append(i == 0 || i == length - 1 ? of.charAt(random.nextInt(6) + (kind == 'h' ? 10 : 0)) : of.charAt(random.nextInt(of.length())));
    }
    return made.toString();
  }
}
