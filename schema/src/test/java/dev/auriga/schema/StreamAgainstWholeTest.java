// SPDX-License-Identifier: Apache-2.0
package dev.auriga.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Completion;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Tool;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.properties.Seeds;
import dev.auriga.validation.Answers;
import dev.auriga.validation.Check;
import dev.auriga.validation.Finding;
import dev.auriga.validation.RandomJson;
import dev.auriga.validation.Schemas;
import dev.auriga.validation.Validator;
import dev.auriga.validation.Validators;
import dev.auriga.validation.stream.StreamCheck;
import dev.auriga.validation.stream.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is said while an answer comes never contradicts what is said of it when it is whole.
class StreamAgainstWholeTest {
  private final Validators validators = new Validators(new Schemas(new JsonSchemas()), String::length);
  private int valid;
  private int invalid;
  private int lostEarly;

  @Test
  void validText_isNeverLost_andWhatIsLostIsInvalid() {
    Seeds.each(
        3000,
        random -> {
          JsonNode document = new RandomJson(random).document(3);
          Check.Json check = new Check.Json(new RandomSchema(random).allowing(document));
          JsonNode said = random.nextBoolean() ? document : changed(random, document);
          String text = Json.raw(said).text();
          text = random.nextInt(10) == 0 ? text.substring(0, random.nextInt(text.length())) : text;
          StreamCheck stream = new StreamCheck(List.of(), check, Syntax.STRICT);
          Finding lost = null;
          for (String delta : cut(random, text)) {
            lost = stream.feed(new Chunk.TextDelta(delta));
          }
          compare(lost, validators.of(check, List.of()), Answers.text(text), check + "\n" + text);
        });
    assertEnoughOfEach();
  }

  @Test
  void validArguments_areNeverLost_andWhatIsLostIsInvalid() {
    Seeds.each(
        3000,
        random -> {
          JsonNode document = new RandomJson(random).document(3);
          RawJson schema = new RandomSchema(random).allowing(document);
          List<Tool> tools = List.of(new Tool.Function("f", null, schema, null, null));
          String text = Json.raw(random.nextBoolean() ? document : changed(random, document)).text();
          StreamCheck stream = new StreamCheck(tools, null, Syntax.STRICT);
          Finding lost = stream.feed(new Chunk.ToolCallStarted(0, "id", "f", null));
          for (String delta : cut(random, text)) {
            lost = stream.feed(new Chunk.ToolCallDelta(0, delta));
          }
          Validator whole = validators.of(new Check.ToolCalls(), tools);
          compare(lost, whole, Answers.calling("f", text), schema + "\n" + text);
        });
    assertEnoughOfEach();
  }

  private void compare(Finding lost, Validator whole, Completion answer, String what) {
    List<Finding> findings = whole.check(answer);
    assertThat(findings.stream().filter(finding -> !finding.isFault())).as(what).isEmpty();
    if (findings.isEmpty()) {
      valid++;
      assertThat(lost).as(what).isNull();
    } else {
      invalid++;
      lostEarly += lost == null ? 0 : 1;
    }
  }

  private void assertEnoughOfEach() {
    assertThat(valid).isGreaterThan(800);
    assertThat(invalid).isGreaterThan(300);
    assertThat(lostEarly).isGreaterThan(invalid / 3);
  }

  private static List<String> cut(Random random, String text) {
    List<String> deltas = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int end = Math.min(text.length(), at + random.nextInt(6));
      deltas.add(text.substring(at, end));
      at = end;
    }
    return deltas;
  }

  /// `document` with one value in it replaced.
  private static JsonNode changed(Random random, JsonNode document) {
    RandomJson values = new RandomJson(random);
    JsonNode copy = document.deepCopy();
    JsonNode at = copy;
    while (at.size() > 0 && random.nextInt(3) > 0) {
      List<JsonNode> inner = at.valueStream().filter(each -> each.isContainer() && each.size() > 0).toList();
      if (inner.isEmpty()) {
        break;
      }
      at = inner.get(random.nextInt(inner.size()));
    }
    if (at instanceof ObjectNode object) {
      List<String> names = new ArrayList<>(object.propertyNames());
      boolean more = names.isEmpty() || random.nextInt(3) == 0;
      object.set(more ? values.text() : names.get(random.nextInt(names.size())), values.value(1));
    } else if (at instanceof ArrayNode array && !array.isEmpty()) {
      array.set(random.nextInt(array.size()), values.value(1));
    }
    return copy;
  }
}
