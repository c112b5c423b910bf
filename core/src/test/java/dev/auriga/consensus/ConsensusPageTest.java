// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.consensus.Verdict.Agreed;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `docs/consensus.md` says what is so: its table of dissenters is what verdicts come to.
class ConsensusPageTest {
  private static final Path PAGE = Path.of("..", "docs", "consensus.md");
  private static final String BEGIN = "<!-- dissenters -->\n";
  private static final String END = "<!-- end of dissenters -->";

  /// How many of so many may differ.
  private static int dissenters(int valid, String threshold) {
    Agreement rule = Agreement.USUAL.above(new BigDecimal(threshold));
    int differing = 0;
    while (differing < valid) {
      List<String> answers = new ArrayList<>(Collections.nCopies(valid - differing - 1, "7"));
      answers.addAll(Collections.nCopies(differing + 1, "8"));
      boolean isAgreed =
          rule.of(Panels.of("", answers.toArray(String[]::new))) instanceof Agreed agreed && agreed.answer().equals("7");
      if (!isAgreed) {
        break;
      }
      differing++;
    }
    return differing;
  }

  @Test
  void theTableOfDissenters_isWhatVerdictsComeTo() throws IOException {
    String page = Files.readString(PAGE);
    String table = page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
    List<String> rows = table.lines().skip(2).toList();
    assertThat(rows).hasSize(5);
    for (String row : rows) {
      List<String> cells = List.of(row.split("\\s*\\|\\s*", -1));
      String threshold = cells.get(1).replace("more than ", "");
      List<String> said = cells.subList(2, 16);
      List<String> found = new ArrayList<>();
      for (int valid = 2; valid <= 15; valid++) {
        found.add(String.valueOf(dissenters(valid, threshold)));
      }
      assertThat(said).as("more than %s", threshold).isEqualTo(found);
    }
  }

  @Test
  void everyKind_isOnThePage() throws IOException {
    String page = Files.readString(PAGE);
    for (PairsTest.Row row : PairsTest.rows()) {
      assertThat(row.kind().equals("none") || page.contains("| `" + row.kind() + "` |")).as(row.kind()).isTrue();
    }
  }
}
