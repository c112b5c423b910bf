// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.AnswerFormat;
import dev.auriga.consensus.answer.Content;
import dev.auriga.consensus.answer.Contents;
import dev.auriga.consensus.answer.Question;
import dev.auriga.consensus.answer.Reading;
import dev.auriga.consensus.likeness.Likeness;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Pairs of answers and what they are to each other, decided by hand in `pairs.tsv`.
class PairsTest {
  record Row(String kind, Question question, String one, String other, String likeness) {}

  static List<Row> rows() throws IOException {
    try (InputStream file = Objects.requireNonNull(PairsTest.class.getResourceAsStream("pairs.tsv"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.replace("\\n", "\n").split("\t", -1))
          .map(cells -> new Row(cells[0], question(cells[0], cells[1]), cells[2], cells[3], cells[4]))
          .toList();
    }
  }

  private static Question question(String kind, String prompt) {
    return kind.equals("json")
        ? new Question(prompt, new AnswerFormat.JsonObject(), null)
        : Question.of(prompt);
  }

  private static String likeness(Reading reading, String one, String other) {
    Content first = reading.read(one);
    Content second = reading.read(other);
    if (!first.isValid() || !second.isValid()) {
      return "void";
    }
    Likeness likeness = Contents.compare(first, second).likeness();
    return likeness == Likeness.UNSURE ? "unknown" : likeness.name().toLowerCase(Locale.ROOT);
  }

  @Test
  void everyPair_isWhatTheTableSays_inBothOrders() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Row row : rows()) {
      Reading reading = Reading.of(row.question(), List.of(row.one(), row.other()));
      String there = likeness(reading, row.one(), row.other());
      String back = likeness(Reading.of(row.question(), List.of(row.other(), row.one())), row.other(), row.one());
      boolean isKind = row.kind().equals("none") || row.kind().equals(reading.kind().token());
      if (!there.equals(row.likeness()) || !back.equals(there) || !isKind) {
        wrong.add("%s read as %s: %s, %s back: %s".formatted(row, reading.kind(), there, back, contrasts(reading, row)));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static Object contrasts(Reading reading, Row row) {
    Content one = reading.read(row.one());
    Content other = reading.read(row.other());
    return one.isValid() && other.isValid() ? Contents.compare(one, other) : one + " " + other;
  }

  @Test
  void theTable_isLarge_andHasEveryKind() throws IOException {
    assertThat(rows()).hasSizeGreaterThanOrEqualTo(200);
    assertThat(rows()).extracting(Row::kind)
        .contains("number", "choice", "boolean", "date", "json", "list", "code", "span", "prose", "none");
    assertThat(rows()).doesNotHaveDuplicates();
  }
}
