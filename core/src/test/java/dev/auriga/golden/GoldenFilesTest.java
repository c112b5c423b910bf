// SPDX-License-Identifier: Apache-2.0
package dev.auriga.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// The golden files are whole: enough inputs, every expectation, none left over.
class GoldenFilesTest {
  private static final int LEAST_REQUESTS = 120;
  private static final int LEAST_REPLIES_EACH = 12;
  private static final int LEAST_STREAMS_EACH = 8;

  /// The neutral names [Loss] documents.
  private static final Pattern NEUTRAL =
      Pattern.compile(
          "messages(\\[\\d+](\\.name|(\\.content\\[\\d+]){1,2}(\\.(cache|detail|title|signature|arguments"
              + "|\\$ref|citations(\\.\\w+)?))?)?)?"
              + "|tools\\[\\d+](\\.(name|strict|cache|parameters\\..+))?"
              + "|toolChoice|parallelToolCalls|maxTokens|temperature|topP|topK|seed|frequencyPenalty"
              + "|presencePenalty|stopSequences(\\[\\d+])?|thinking|format(\\.schema\\..+)?|user|logprobs"
              + "|content(\\[\\d+])?(\\.(citations(\\.(quote|place|passage|index|token|file))?|logprobs(\\.bytes)?|cache"
              + "|detail|title|signature|arguments))?"
              + "|stop|stopSequence|usage\\.(cacheWrite5m|cacheWrite1h)");

  @Test
  void thereAreEnough() {
    assertThat(Stream.of(Words.values()).mapToInt(from -> Golden.names(Golden.Kind.REQUESTS, from).size()).sum())
        .isGreaterThanOrEqualTo(LEAST_REQUESTS);
    for (Words from : Words.values()) {
      assertThat(Golden.names(Golden.Kind.REPLIES, from)).hasSizeGreaterThanOrEqualTo(LEAST_REPLIES_EACH);
      assertThat(Golden.names(Golden.Kind.STREAMS, from)).hasSizeGreaterThanOrEqualTo(LEAST_STREAMS_EACH);
    }
  }

  @ParameterizedTest
  @EnumSource(Golden.Kind.class)
  void everyInput_hasItsExpectations_andNoneIsLeftOver(Golden.Kind kind) {
    for (Words from : Words.values()) {
      Set<String> wanted = new TreeSet<>();
      for (String name : Golden.names(kind, from)) {
        wanted.add(Golden.input(kind, from, name).getFileName().toString());
        Arrays.stream(Words.values())
            .filter(to -> to != from)
            .forEach(to -> wanted.add("%s.to.%s.json".formatted(name, to.dialectName())));
      }
      assertThat(Golden.files(kind, from)).containsExactlyElementsOf(wanted);
    }
  }

  @ParameterizedTest
  @EnumSource(Golden.Kind.class)
  void losses_bearDocumentedReasonsAndNeutralNames(Golden.Kind kind) {
    Set<String> tokens =
        Arrays.stream(Loss.Reason.values()).map(Loss.Reason::token).collect(Collectors.toSet());
    for (Golden.Pair pair : Golden.pairs(kind)) {
      for (JsonNode loss : pair.expectation().path("losses")) {
        String[] told = loss.stringValue().split(":", 2);
        assertThat(tokens).as(pair.toString()).contains(told[0]);
        if (!OF_THE_CLIENT.contains(told[0])) {
          assertThat(told[1]).as(pair + ": " + loss).matches(NEUTRAL);
        }
      }
    }
  }

  /// What these are about may have no neutral name, and then bears the client's own.
  private static final List<String> OF_THE_CLIENT =
      List.of("foreign-field", "unsupported-field", "unsupported-value", "unsupported-by-model");
}
