// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.consensus.calibration.Calibration;
import dev.auriga.consensus.calibration.CalibrationFile;
import dev.auriga.consensus.calibration.Situation;
import dev.auriga.dialect.Json;
import dev.auriga.sandbox.mind.Catalogue;
import dev.auriga.sandbox.mind.Form;
import dev.auriga.sandbox.mind.Mind;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.Offer;
import dev.auriga.sandbox.mind.Question;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `auriga calibrate` on panels of the sandbox's models, whose sums are right as often as their cards say.
class CalibrateCommandTest {
  private static final List<String> MEMBERS = List.of("claude-sonnet-4-5", "gpt-4o-mini", "gemini-2.5-flash-lite", "gpt-4.1-nano");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int run(String... arguments) {
    CommandLine line = Auriga.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private static String panel(int number) {
    int one = 11 + number % 83;
    int other = 13 + number / 83;
    String asked = "What is %d * %d?".formatted(one, other);
    ObjectNode row = Json.object().put("question", asked).put("truth", String.valueOf(one * other));
    ArrayNode answers = row.putArray("answers");
    for (String member : MEMBERS.subList(0, 2 + number % 3)) {
      ModelCard card = Catalogue.find(member).orElseThrow();
      Question question =
          new Question(asked, List.of(), 0, Offer.NOTHING, new Form.Prose(), new Question.Limits(500, 0, List.of()), "");
      answers.addObject().put("member", member).put("answer", new Mind(7).think(card, question).text());
    }
    return Json.raw(row).text();
  }

  private Path data(int panels) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < panels; i++) {
      lines.add(panel(i));
    }
    return Files.write(folder.resolve("panels.jsonl"), lines);
  }

  @Test
  void panelsOfTheSandbox_areObserved_andTheTableIsWritten() throws IOException {
    Path table = folder.resolve("table.json");
    int panels = 1_500;
    assertThat(run("calibrate", "--data", data(panels).toString(), "--write", table.toString(), "--about", "sums")).isZero();
    assertThat(out.toString())
        .contains("%d panels · %d observed · 0 nobody can tell of · 0 lines were no panel".formatted(panels, panels))
        .contains("expected calibration error 0.0", "the table that comes with Auriga", "0.9 to 1.0", "written to");
    Calibration written = CalibrationFile.read(Files.readAllBytes(table));
    assertThat(written.fittedOn()).isEqualTo("sums");
    assertThat(written.panels()).isEqualTo(panels);
    assertThat(written.confidence(new Situation("number", null, 3, 3, 1))).isGreaterThan(0.95);
    assertThat(written.confidence(new Situation("number", null, 2, 1, 2))).isLessThan(0.9);
  }

  @Test
  void linesThatAreNoPanel_areNamed_andTheRestIsRead() throws IOException {
    Path data = Files.writeString(folder.resolve("some.jsonl"), panel(0) + "\n{}\n\nno\n");
    assertThat(run("calibrate", "--data", data.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("some.jsonl, line 2: no answers", "some.jsonl, line 4: not JSON");
    assertThat(out.toString()).contains("1 panels · 1 observed");
  }

  @Test
  void withoutAnyPanel_itSaysSo() throws IOException {
    Path data = Files.writeString(folder.resolve("none.jsonl"), "");
    assertThat(run("calibrate", "--data", data.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("no panel with a known answer");
    assertThat(run("calibrate", "--data", folder.resolve("missing").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("missing cannot be read");
  }
}
