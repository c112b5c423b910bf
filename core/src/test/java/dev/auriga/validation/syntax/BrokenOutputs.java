// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.syntax;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.provider.Arguments;

/// The table of broken outputs, `broken-outputs.txt`.
final class BrokenOutputs {
  private static final Pattern CHARACTER = Pattern.compile("<U\\+([0-9A-F]{4})>");
  private static final String HOPELESS = "hopeless: ";

  /// `json` is empty where nothing can be made of `output`.
  record Row(String name, String output, Set<String> fixes, String hopeless, String json) {}

  private BrokenOutputs() {}

  static List<Arguments> rows() {
    return read().stream().map(row -> Arguments.of(row.name(), row)).toList();
  }

  static List<Row> read() {
    try (var file = BrokenOutputs.class.getResourceAsStream("/dev/auriga/validation/broken-outputs.txt")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      List<Row> rows = new ArrayList<>();
      String[] blocks = text.split("(?m)^=== ");
      for (int i = 1; i < blocks.length; i++) {
        rows.add(row(blocks[i]));
      }
      return rows;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Row row(String block) {
    int name = block.indexOf('\n');
    int divide = block.indexOf("\n--- ", name);
    int result = block.indexOf('\n', divide + 1);
    String output = divide == name ? "" : block.substring(name + 1, divide + 1);
    output = output.endsWith("<CUT>\n") ? output.substring(0, output.length() - 6) : output;
    String verdict = block.substring(divide + 5, result);
    boolean hopeless = verdict.startsWith(HOPELESS);
    return new Row(
        block.substring(0, name),
        CHARACTER.matcher(output).replaceAll(found -> Character.toString(Integer.parseInt(found.group(1), 16))),
        hopeless ? Set.of() : new TreeSet<>(List.of(verdict.toLowerCase(Locale.ROOT).split(", "))),
        hopeless ? verdict.substring(HOPELESS.length()) : "",
        block.substring(result + 1).stripTrailing());
  }
}
