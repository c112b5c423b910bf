// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.recorded;

import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.Task;
import dev.auriga.consensus.Agreement;
import dev.auriga.consensus.Hearing;
import dev.auriga.consensus.Member;
import dev.auriga.consensus.Verdict.Voice;
import dev.auriga.consensus.answer.Question;
import dev.auriga.consensus.calibration.Observation;
import dev.auriga.dialect.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A panel whose question has a known answer.
///
/// As JSON it is one line: `{"question": …, "truth": …, "answers": [{"member": …, "answer": …}, …]}`, with
/// `task` and `"format": "json"` where they are known, and `family` and `reliability` of members.
public record RecordedPanel(Hearing hearing, String truth) {

  /// Throws [IllegalArgumentException] that says what is wrong with the line.
  public static RecordedPanel read(String line) {
    JsonNode row;
    try {
      row = Json.read(line);
    } catch (JacksonException notJson) {
      throw new IllegalArgumentException("not JSON: " + notJson.getOriginalMessage(), notJson);
    }
    List<Voice> voices = new ArrayList<>();
    Map<String, Member> members = new LinkedHashMap<>();
    for (JsonNode each : row.path("answers")) {
      String name = text(each, "member");
      members.put(name, new Member(name, optional(each, "family"), reliability(each)));
      voices.add(new Voice(name, text(each, "answer")));
    }
    if (voices.isEmpty()) {
      throw new IllegalArgumentException("no answers");
    }
    AnswerFormat format =
        "json".equals(optional(row, "format")) ? new AnswerFormat.JsonObject() : new AnswerFormat.Text();
    Question question = new Question(text(row, "question"), format, task(optional(row, "task")));
    return new RecordedPanel(new Hearing(question, List.copyOf(members.values()), voices, List.of()), text(row, "truth"));
  }

  /// How it came out by that rule, and whether what most say is true; empty where nobody gave a valid
  /// answer, or the rules cannot tell.
  public Optional<Observation> observed(Agreement rule) {
    return rule.observed(hearing, truth);
  }

  private static @Nullable Task task(@Nullable String token) {
    if (token == null) {
      return null;
    }
    return Task.of(token)
        .orElseThrow(() -> new IllegalArgumentException("no task \"%s\", only %s".formatted(token, Task.names())));
  }

  private static @Nullable Double reliability(JsonNode member) {
    return member.path("reliability").isNumber() ? Double.valueOf(member.path("reliability").asDouble()) : null;
  }

  private static String text(JsonNode row, String field) {
    String value = optional(row, field);
    if (value == null) {
      throw new IllegalArgumentException("no text \"" + field + "\"");
    }
    return value;
  }

  private static @Nullable String optional(JsonNode row, String field) {
    JsonNode value = row.path(field);
    return value.isString() || value.isNumber() ? value.asString() : null;
  }
}
