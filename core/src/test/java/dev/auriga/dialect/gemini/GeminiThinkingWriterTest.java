// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Targets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class GeminiThinkingWriterTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "gemini-2.5-pro           | unsaid  | -                                             | -",
        "gemini-2.5-pro           | off     | {'thinkingBudget':128}                        | clamped",
        "gemini-2.5-pro           | 100     | {'thinkingBudget':128,'includeThoughts':true} | clamped",
        "gemini-2.5-pro           | 99999   | {'thinkingBudget':32768,'includeThoughts':true} | clamped",
        "gemini-2.5-pro           | 5000    | {'thinkingBudget':5000,'includeThoughts':true} | -",
        "gemini-2.5-pro           | on      | {'thinkingBudget':3000,'includeThoughts':true} | -",
        "gemini-2.5-pro           | =max    | {'thinkingBudget':32768,'includeThoughts':true} | -",
        "gemini-2.5-flash         | off     | {'thinkingBudget':0}                          | -",
        "gemini-2.5-flash         | 0       | {'thinkingBudget':0}                          | -",
        "gemini-2.5-flash         | =none   | {'thinkingBudget':0}                          | -",
        "gemini-2.5-flash         | =low    | {'thinkingBudget':1024,'includeThoughts':true} | -",
        "gemini-2.5-flash         | =medium | {'thinkingBudget':8192,'includeThoughts':true} | -",
        "gemini-2.5-flash         | =high   | {'thinkingBudget':24576,'includeThoughts':true} | -",
        "gemini-2.5-flash         | =odd    | {'thinkingBudget':-1,'includeThoughts':true}  |"
            + " unsupported-value",
        "gemini-2.5-flash-lite    | 100     | {'thinkingBudget':512,'includeThoughts':true} | clamped",
        "gemini-3-pro-preview     | off     | {'thinkingLevel':'LOW'}                       | clamped",
        "gemini-3-pro-preview     | on      | {'includeThoughts':true}                      | -",
        "gemini-3-pro-preview     | =medium | {'thinkingLevel':'HIGH','includeThoughts':true} | clamped",
        "gemini-3-pro-preview     | 900     | {'thinkingLevel':'LOW','includeThoughts':true} | approximated",
        "gemini-3.1-pro-preview   | =medium | {'thinkingLevel':'MEDIUM','includeThoughts':true} | -",
        "gemini-3-flash-preview   | =minimal | {'thinkingLevel':'MINIMAL','includeThoughts':true} | -",
        "gemini-3.5-flash         | 0       | {'thinkingLevel':'MINIMAL'}                   | clamped",
        "gemini-3.7-flash         | =minimal | {'thinkingLevel':'LOW','includeThoughts':true} | clamped",
        "gemini-4-argon           | =minimal | {'thinkingLevel':'LOW','includeThoughts':true} | clamped",
        "gemini-4-argon           | 20000   | {'thinkingLevel':'HIGH','includeThoughts':true} | approximated",
        "gemini-4-argon           | =xhigh  | {'thinkingLevel':'HIGH','includeThoughts':true} | clamped",
        "gemini-flash-latest      | =low    | {'thinkingLevel':'LOW','includeThoughts':true} | -",
        "models/gemini-2.0-flash  | =high   | -                                             |"
            + " unsupported-by-model",
        "gemini-1.5-pro-002       | off     | -                                             | -",
      })
  void thinking_isWrittenAsEachGenerationTakesIt(String model, String asked, String config, String loss) {
    List<Loss> losses = new ArrayList<>();

    ObjectNode written =
        new GeminiThinkingWriter(Targets.gemini(model, 1, 1).capabilities().reasoning(), 3000, losses)
            .write(thinking(asked));

    assertThat(written).isEqualTo(config == null ? null : Json.read(config.replace('\'', '"')));
    assertThat(losses.stream().map(Loss::toString))
        .isEqualTo(loss == null ? List.of() : List.of(loss + ":thinking"));
  }

  private static Thinking thinking(String asked) {
    return switch (asked) {
      case "unsaid" -> new Thinking.Unsaid();
      case "off" -> new Thinking.Off();
      case "on" -> new Thinking.On();
      default ->
          asked.startsWith("=")
              ? new Thinking.Effort(asked.substring(1))
              : new Thinking.Budget(Integer.parseInt(asked));
    };
  }
}
