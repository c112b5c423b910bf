// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What other gateways had to mend in their dialects, each with the test that proves it mended here.
///
/// Bedrock and the realtime APIs, whose lines the list has too (text before tool use, binary frames
/// with checksums, a socket that loses its encryption), have no provider here.
class GatewayListTest {
  private static final Pattern TEST = Pattern.compile("\\s*(?:public )?void (\\w+)\\(.*");

  /// The line of the list, and class and method of its test.
  private static final Map<String, String> PROVEN =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("usage: message_start counts output provisionally", "StreamPitfallsTest#pitfall66"),
              Map.entry("usage: message_delta is cumulative", "StreamPitfallsTest#pitfall66"),
              Map.entry(
                  "usage: Gemini repeats the count in every event",
                  "GeminiStreamReaderTest#usageIsCumulative_andTheLastIsTheTruth"),
              Map.entry(
                  "usage: Gemini counts tool use apart",
                  "DialectListTest#toolsThatGooglesServersRanAreCountedAsInput"),
              Map.entry("usage: Gemini counts thoughts apart", "UsagePitfallsTest#pitfall87"),
              Map.entry("usage: Anthropic counts without the cache, OpenAI with it", "UsagePitfallsTest#pitfall86"),
              Map.entry(
                  "usage: compaction reports iterations", "AnthropicRepliesTest#usage_isReadIntoDisjointBuckets"),
              Map.entry(
                  "usage: lifetime of the cache and size of the context change the price",
                  "PriceBookTest#cost_isExactToTheMicroDollar"),
              Map.entry("usage: the tier of service changes the price", "UsagePitfallsTest#pitfall53"),
              Map.entry(
                  "usage: streams have none unless it is asked for", "DialectListTest#usageIsAskedForInEveryStream"),
              Map.entry(
                  "thinking: signed blocks without text are kept, unsigned ones left out",
                  "DialectListTest#aSignedThoughtWithoutTextIsKept_anUnsignedOneIsNot"),
              Map.entry("thinking: redacted blocks survive", "DialectListTest#redactedThinkingSurvives"),
              Map.entry(
                  "thinking: a signature of one model is invalid at another", "ReasoningPitfallsTest#pitfall60"),
              Map.entry(
                  "thinking: of OpenAI's encrypted items too",
                  "ReasoningStateTest#anotherAccount_getsNoState_andThatIsTold"),
              Map.entry("tools: empty arguments are {}", "ToolPitfallsTest#pitfall30"),
              Map.entry(
                  "tools: two objects in one string of arguments",
                  "DialectListTest#twoObjectsInOneStringOfArgumentsAreNeverCutToOne"),
              Map.entry("tools: ids with illegal characters", "ToolPitfallsTest#pitfall32"),
              Map.entry("tools: none may be called", "ToolPitfallsTest#pitfall26"),
              Map.entry("tools: results of parallel calls in one turn", "ToolPitfallsTest#pitfall34"),
              Map.entry("tools: servers' own have no equivalent", "ToolPitfallsTest#pitfall38"),
              Map.entry("prefill: newer models refuse it", "EnvelopePitfallsTest#pitfall09"),
              Map.entry("streams: whose end is [DONE]", "StreamPitfallsTest#pitfall70"),
              Map.entry("streams: errors within a 200", "StreamPitfallsTest#pitfall77"),
              Map.entry(
                  "streams: Azure's events without choices",
                  "OpenAiStreamReaderTest#azuresFirstChunkAndLateAnnotationsAreNoContent"),
              Map.entry(
                  "streams: a last event of usage alone keeps the role",
                  "StreamPropertiesTest#everyClientIsToldWhatEveryUpstreamSaid"),
              Map.entry("streams: none comes compressed", "TransportContract#sendsWhatItIsGiven"),
              Map.entry("streams: Gemini's array", "GeminiStreamWriterTest#withoutSse_theStreamIsOneArray"),
              Map.entry("streams: system prompts of several blocks stay whole", "EnvelopePitfallsTest#pitfall04"),
              Map.entry("headers: beta flags by provider", "PassedHeadersTest#whatIsAnothersStays"),
              Map.entry(
                  "headers: flags a provider lacks are taken out",
                  "PassedHeadersTest#flagsThatFoundryLacks_areTakenOut_andTold"),
              Map.entry(
                  "headers: those of one connection are not forwarded",
                  "PassedHeadersTest#neverACredential_norTheConnections_norWhoPays")));

  @Test
  void everyLineHasATestThatIsRun() {
    Map<String, List<String>> tests = new TreeMap<>();
    for (String file : Checkout.javaFiles("src/test/java/")) {
      String name = file.substring(file.lastIndexOf('/') + 1, file.length() - ".java".length());
      tests.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(testsIn(Checkout.lines(file)));
    }
    TreeSet<String> unproven = new TreeSet<>();
    PROVEN.forEach(
        (line, test) -> {
          String[] place = test.split("#");
          boolean isThere =
              tests.getOrDefault(place[0], List.of()).stream()
                  .anyMatch(method -> method.equals(place[1]) || method.startsWith(place[1] + "_"));
          if (!isThere) {
            unproven.add(line + ": " + test);
          }
        });

    assertThat(unproven).isEmpty();
  }

  /// The methods behind an annotation that has them run.
  private static List<String> testsIn(List<String> lines) {
    List<String> tests = new ArrayList<>();
    boolean isRun = false;
    for (String line : lines) {
      isRun |= line.strip().matches("@(Parameterized|Repeated)?Test(\\(.*)?");
      Matcher method = TEST.matcher(line);
      if (isRun && method.matches()) {
        tests.add(method.group(1));
        isRun = false;
      }
    }
    return tests;
  }
}
