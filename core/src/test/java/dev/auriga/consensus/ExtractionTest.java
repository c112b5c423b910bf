// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.auriga.consensus.answer.Content;
import dev.auriga.consensus.answer.Question;
import dev.auriga.consensus.answer.Reading;
import dev.auriga.consensus.value.Quantity;
import dev.auriga.consensus.value.Rational;
import dev.auriga.dialect.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Whether the number an answer gives is found: on answers made here, and on the reference solutions of
/// GSM8K where they are at hand (in the folder `-Dauriga.shared` names, else in `shared` beside the checkout).
class ExtractionTest {
  private static final Pattern NOTES = Pattern.compile("<<[^>]*>>");
  private static final double WANTED = 0.995;

  /// The numbers found, in the unit the question asks for.
  private static List<Quantity> found(String prompt, String answer) {
    Reading reading = Reading.of(Question.of(prompt), List.of(answer));
    return reading.read(answer) instanceof Content.Amount number ? number.quantities() : List.of();
  }

  @Test
  void numbersInManyNotationsAndFrames_areFoundExactly() {
    Random random = new Random(20_261);
    List<String> lost = new ArrayList<>();
    int all = 6000;
    for (int i = 0; i < all; i++) {
      BigDecimal value = BigDecimal.valueOf(random.nextInt(2_000_000) - 500_000, random.nextInt(4));
      String answer = Notations.framed(Notations.written(value, random), random);
      if (!found("How much is it?", answer).stream().map(Quantity::base).toList().equals(List.of(Rational.of(value)))) {
        lost.add(value + " in " + answer);
      }
    }
    assertThat((double) (all - lost.size()) / all).as("%s", lost.stream().limit(20).toList()).isGreaterThanOrEqualTo(WANTED);
  }

  @Test
  void referenceSolutionsOfGsm8k_areFound_inTheirOwnFormAndInOthers() throws IOException {
    Path file = gsm8k();
    Random random = new Random(7);
    List<String> lost = new ArrayList<>();
    int all = 0;
    for (String line : Files.readAllLines(file)) {
      JsonNode row = Json.read(line);
      String solution = row.required("answer").asString();
      String stated = solution.substring(solution.lastIndexOf("####") + 4).strip();
      BigDecimal value = new BigDecimal(stated.replace(",", ""));
      String steps = NOTES.matcher(solution.substring(0, solution.lastIndexOf("####"))).replaceAll("");
      String prompt = row.required("question").asString();
      for (String answer : List.of(solution, steps + Notations.framed(stated, random), steps + "So the answer is " + stated + ".")) {
        all++;
        if (!found(prompt, answer).stream().map(Quantity::value).toList().equals(List.of(Rational.of(value)))) {
          lost.add(stated + " in " + answer);
        }
      }
    }
    assertThat(all).isGreaterThan(3000);
    assertThat((double) (all - lost.size()) / all).as("%d of %d lost: %s", lost.size(), all, lost.stream().limit(10).toList()).isGreaterThanOrEqualTo(WANTED);
  }

  private static Path gsm8k() {
    String named = System.getProperty("auriga.shared");
    Path inside = Path.of("data", "prompts", "gsm8k-test.jsonl");
    Path found = named == null ? null : Path.of(named).resolve(inside);
    for (Path at = Path.of("").toAbsolutePath(); found == null && at != null; at = at.getParent()) {
      Path beside = at.resolve("shared").resolve(inside);
      found = Files.exists(beside) ? beside : null;
    }
    assumeTrue(
        found != null && Files.exists(found),
        "GSM8K is not here (auriga.shared is not set, no folder 'shared' beside the checkout)");
    return found;
  }
}
