// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import dev.auriga.sandbox.mind.Thought.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The tool calls a prompt spells out, one to a line and made one after the other: `call Read
/// {"file_path": "/tmp/notes.txt"}`. A line may begin as a list item; the arguments may run over
/// several lines. What is not JSON is no step.
record Steps(List<ToolCall> calls) {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final Pattern STEP =
      Pattern.compile(
          "(?m)^[ \\t]*(?:(?:[-*]|\\d+[.)])[ \\t]+)?[Cc]all[ \\t]+`?([\\w.:-]+)`?[ \\t]*(?=\\{)");

  Steps {
    calls = List.copyOf(calls);
  }

  static Steps read(String prompt) {
    List<ToolCall> calls = new ArrayList<>();
    Matcher step = STEP.matcher(prompt);
    while (step.find()) {
      try (JsonParser arguments = JSON.createParser(prompt.substring(step.end()))) {
        JsonNode read = JSON.readTree(arguments);
        calls.add(new ToolCall(step.group(1), read));
      } catch (JacksonException _) {
        // Words after all.
      }
    }
    return new Steps(calls);
  }

  /// Whether there is a step after so many that were made.
  boolean goOnAfter(int made) {
    return made < calls.size();
  }
}
