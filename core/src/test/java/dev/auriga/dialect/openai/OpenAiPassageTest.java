// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.auriga.completion.Refusal;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Targets;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiPassageTest {
  private final OpenAiChat dialect = OpenAiChat.strict();
  private final Target target = Targets.openAi("my \"gpt\"", 4096, 8000);

  /// What is passed on of `body`, with a message that every request needs added to it.
  private String pass(String body) {
    ClientRequest request = ClientRequest.of(spoken(body).getBytes(StandardCharsets.UTF_8));
    return new String(dialect.scan(request).passage().to(target).body(), StandardCharsets.UTF_8);
  }

  private static String spoken(String body) {
    int end = body.lastIndexOf('}');
    return end < 0
        ? body
        : body.substring(0, end) + ",\"messages\":[{\"role\":\"user\",\"content\":\"é\"}]" + body.substring(end);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{ \"model\" :\t\"a\" , \"x\":1.50e1, \"m\":[{\"model\":\"no\",\"t\":\"\\u00e9 é 😀\"}]  } "
            + "| { \"model\" :\tM , \"x\":1.50e1, "
            + "\"m\":[{\"model\":\"no\",\"t\":\"\\u00e9 é 😀\"}]  }",
        "{\"m\":[\"é\"],\"model\":\"aé\",\"stream\":false} | {\"m\":[\"é\"],"
            + "\"model\":M,\"stream\":false}",
        "{\"model\":\"a\",\"stream\":true} "
            + "| {\"model\":M,\"stream_options\":{\"include_usage\":true},\"stream\":true}",
        "{\"stream\":true,\"model\":\"a\"} "
            + "| {\"stream\":true,\"model\":M,\"stream_options\":{\"include_usage\":true}}",
        "{\"model\":\"a\",\"stream\":true,\"stream_options\":null} "
            + "| {\"model\":M,\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
        "{\"stream_options\":{ },\"model\":\"a\",\"stream\":true} "
            + "| {\"stream_options\":{\"include_usage\":true },\"model\":M,\"stream\":true}",
        "{\"stream_options\":{\"include_obfuscation\":false},\"stream\":true,\"model\":\"a\"} "
            + "| {\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false},"
            + "\"stream\":true,\"model\":M}",
        "{\"model\":\"a\",\"stream_options\":{\"include_usage\" : false},\"stream\":true} "
            + "| {\"model\":M,\"stream_options\":{\"include_usage\" : true},\"stream\":true}",
        "{\"stream_options\":{\"include_usage\":null},\"model\":\"a\",\"stream\":true} "
            + "| {\"stream_options\":{\"include_usage\":true},\"model\":M,\"stream\":true}",
        "{\"model\":\"a\",\"stream_options\":{\"include_usage\":true},\"stream\":true} "
            + "| {\"model\":M,\"stream_options\":{\"include_usage\":true},\"stream\":true}",
      })
  void onlyTheModelAndTheWishForUsageChange(String body, String expected) {
    assertThat(pass(body)).isEqualTo(spoken(expected.replace("M", "\"my \\\"gpt\\\"\"")));
  }

  @Test
  void byteOrderMarkDoesNotShiftTheEdit() {
    assertThat(pass("\uFEFF{\"model\":\"a\"}")).isEqualTo(spoken("\uFEFF{\"model\":\"my \\\"gpt\\\"\"}"));
  }

  @Test
  void everyOtherByteStaysUnderRandomPadding() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      String before = "\"p%d\":[%s]".formatted(seed, noise(random));
      String after = "\"q\":{\"model\":\"inner\",\"stream\":%s}".formatted(noise(random));
      String body = "{%s,%s\"model\"%s:\"route\"%s,%s}"
          .formatted(before, space(random), space(random), space(random), after);

      assertThat(pass(body)).as("seed %d", seed).isEqualTo(spoken(body.replace("\"route\"", "\"my \\\"gpt\\\"\"")));
    }
  }

  private static String noise(Random random) {
    String letters = random.ints(random.nextInt(12), 0, 4)
        .mapToObj(kind -> new String[] {"é", "\\\"", "\\u20ac", "😀{["}[kind])
        .reduce("", String::concat);
    return "\"" + letters + "\"";
  }

  private static String space(Random random) {
    return " \n\t\r".repeat(random.nextInt(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"a\",\"model\":\"b\"}", "{\"stream\":true,\"model\":\"a\",\"stream\":false}",
        "{\"model\":\"a\",\"stream_options\":{},\"stream_options\":null}", "{\"stream\":true}",
        "{\"model\":null}", "{\"model\":1}", "{\"model\":\"a\"", "{\"model\":\"a\"}{}", "[]",
        "{\"model\":\"a\",\"stream_options\":{\"include_usage\":true,\"include_usage\":false}}",
      })
  void ambiguousBodyIsRefused(String body) {
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> pass(body));
  }
}
