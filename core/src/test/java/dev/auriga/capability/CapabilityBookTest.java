// SPDX-License-Identifier: Apache-2.0
package dev.auriga.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.capability.Capabilities.Mode;
import dev.auriga.completion.Modality;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CapabilityBookTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final CapabilityBook BOOK = CapabilityBook.shipped(TODAY);

  static Stream<Arguments> examples() {
    return CapabilityFile.shipped().entries().stream()
        .flatMap(entry -> entry.examples().stream().map(name -> Arguments.of(name, entry)));
  }

  /// A vendor without an API of its own is reached at a compatible server.
  private static Api apiOf(String vendor) {
    return Stream.of(Api.values())
        .filter(api -> api.vendor().equals(vendor))
        .findFirst()
        .orElse(Api.OPENAI_COMPATIBLE);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleFindsItsOwnEntry(String name, Entry entry) {
    Capabilities found = BOOK.of(apiOf(entry.models().vendor()), name);

    assertThat(found.origin().version())
        .isEqualTo("2026-11-05/%s@%s".formatted(entry.models().match(), entry.from()));
    assertThat(found.origin().isKnown()).isTrue();
  }

  @Test
  void everyEntryHasAnExample_soThatNoneIsHiddenByAnother() {
    assertThat(CapabilityFile.shipped().entries()).allSatisfy(entry -> assertThat(entry.examples()).isNotEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-5-20250929, 200000, 64000", "claude-opus-5-5, 1000000, 128000",
    "claude-opus-4-1, 200000, 32000", "claude-3-5-haiku-latest, 200000, 8192",
    "gpt-4o, 128000, 16384", "gpt-4.1-nano, 1047576, 32768", "gpt-5-mini, 400000, 128000",
    "gpt-5-pro, 400000, 272000", "gpt-6-sol, 1050000, 128000", "o3, 200000, 100000",
    "gemini-2.5-pro, 1048576, 65536", "gemini-2.0-flash, 1048576, 8192",
  })
  void limitsAreThoseOfTheVendor_overEveryApi(String model, int context, int output) {
    for (Api api : Api.values()) {
      assertThat(BOOK.of(api, model).window()).isEqualTo(new Capabilities.Window(context, output));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, my-deployment, ADAPTIVE", "ANTHROPIC_COMPATIBLE, my-deployment, BUDGET",
    "OPENAI, my-deployment, UNKNOWN", "OPENAI_COMPATIBLE, llama3.3, UNKNOWN", "OPENAI, gpt-45, UNKNOWN",
    "OPENAI, gpt-oss-120b, UNKNOWN", "GEMINI, tuned, EFFORT",
  })
  void ofAModelNobodyKnows_theApiSaysWhatIsAssumed(Api api, String model, Mode mode) {
    Capabilities assumed = BOOK.of(api, model);

    assertThat(assumed.reasoning().mode()).isEqualTo(mode);
    assertThat(assumed.origin().isKnown()).isFalse();
    assertThat(assumed.window()).isEqualTo(new Capabilities.Window(null, null));
  }

  @Test
  void ofAnothersModel_onlyWhatItBringsAlongIsTaken() {
    Capabilities claude = BOOK.of(Api.OPENAI_COMPATIBLE, "anthropic/claude-opus-5.5");

    assertThat(claude.window()).isEqualTo(new Capabilities.Window(1_000_000, 128_000));
    assertThat(claude.modalities()).containsExactlyInAnyOrder(Modality.IMAGE, Modality.DOCUMENT);
    assertThat(claude.reasoning().mode()).isEqualTo(Mode.UNKNOWN);
    assertThat(claude.sampling().taken()).isEqualTo(When.ALWAYS);
    assertThat(claude.tools().forced()).isEqualTo(When.ALWAYS);
  }

  @Test
  void modelsOfTheApisOwnVendorOutrankOthers() {
    assertThat(BOOK.of(Api.OPENAI, "sonnet-or-gpt-4.1").window().output()).isEqualTo(32_768);
    assertThat(BOOK.of(Api.ANTHROPIC, "sonnet-4-or-gpt-4.1").window().output()).isEqualTo(64_000);
  }

  @Test
  void configurationOutranksTheData_whichOutranksWhatTheProviderTells() {
    Facts configured = Facts.NONE.with(Fact.OUTPUT, 9000);
    Facts discovered = Facts.NONE.with(Fact.OUTPUT, 5).with(Fact.CONTEXT, 6).with(Fact.TOOLS, false);

    Capabilities known = BOOK.of(Api.OPENAI, "gpt-4o", configured, discovered);
    Capabilities unknown = BOOK.of(Api.OPENAI, "mine", configured, discovered);

    assertThat(known.window()).isEqualTo(new Capabilities.Window(128_000, 9000));
    assertThat(unknown.window()).isEqualTo(new Capabilities.Window(6, 9000));
    assertThat(unknown.tools().taken()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"2026-01-31, 1", "2026-02-01, 2", "2026-12-01, 2", "2020-01-01, 1"})
  void ofSeveralEntries_theLatestThatHasBegunHolds(LocalDate day, int context) {
    String rows =
        """
        {"vendor": "openai", "match": "gpt-x", "from": "2026-01-01", "context": 1, "source": "s", "examples": []},
        {"vendor": "openai", "match": "gpt-x", "from": "2026-02-01", "context": 2, "source": "s", "examples": []}
        """;

    assertThat(book(rows, day).of(Api.OPENAI, "gpt-x").window().context()).isEqualTo(context);
  }

  @Test
  void wordsTheDataDoesNotKnowAreAnError() {
    String row = "{\"vendor\": \"openai\", \"match\": \"m\", \"contxt\": 1, \"source\": \"s\", \"examples\": []}";

    assertThatThrownBy(() -> book(row, TODAY)).hasMessage("capabilities.json: no fact \"contxt\"");
  }

  @Test
  void whatMustBeKnownIsMissed() {
    Capabilities.Origin origin = new Capabilities.Origin("v/x", "s", true);

    assertThatThrownBy(() -> Capabilities.of(Facts.NONE.with(Fact.CONTEXT, 1), origin))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("v/x does not say \"tools\"");
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-5.1, minimal, low", "gpt-5.1, xhigh, high", "gpt-5.1, none, none", "gpt-5-mini, none, minimal",
    "gpt-5-pro, low, high", "gpt-6-sol, minimal, low", "o3, max, high", "gpt-5.2-pro, low, medium",
    "gpt-5.1, thorough, thorough",
  })
  void nearestEffortIsTheOneTheModelTakes(String model, String wish, String effort) {
    assertThat(BOOK.of(Api.OPENAI, model).reasoning().nearest(wish)).isEqualTo(effort);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "modalities | text,image | true", "modalities | text,smell | false", "context | 200000 | true",
        "context | 0 | false", "context | 1e6 | false", "forced-tools | no | true",
        "forced-tools | not-while-thinking | true", "forced-tools | sometimes | false", "tools | true | true",
        "tools | maybe | false", "thinking | adaptive | true", "thinking | ADAPTIVE | false",
        "highest-temperature | 1.5 | true", "highest-temperature | NaN | false",
        "highest-temperature | 3 | false", "efforts | low,high | true", "efforts | lots | false",
      })
  void factsAreReadStrictly(String key, String words, boolean taken) {
    Fact<?> fact = Fact.all().stream().filter(each -> each.key().equals(key)).findFirst().orElseThrow();
    List<String> said = List.of(words.split(","));

    if (taken) {
      assertThat(fact.read(said)).isNotNull();
    } else {
      assertThatThrownBy(() -> fact.read(said))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be");
    }
  }

  @Test
  void factsSayWhatIsPutIntoThem() {
    Facts facts = Facts.NONE.with(Fact.CONTEXT, 5).with(Fact.CONTEXT, 7);

    assertThat(facts.get(Fact.CONTEXT)).isEqualTo(7);
    assertThat(facts.get(Fact.OUTPUT)).isNull();
    assertThat(facts).isEqualTo(Facts.NONE.with(Fact.CONTEXT, 7));
    assertThatThrownBy(() -> facts.with(Fact.OUTPUT, 0))
        .hasMessage("output must be a whole number from 1 to 999999999, not 0");
    assertThat(facts.orElse(Facts.NONE.with(Fact.OUTPUT, 1)).only(Set.of(Fact.OUTPUT)))
        .isEqualTo(Facts.NONE.with(Fact.OUTPUT, 1));
  }

  private static CapabilityBook book(String rows, LocalDate day) {
    String apis =
        Stream.of(Api.values())
            .map(api -> "\"%s\": {\"unknown\": \"p\", \"always\": {}}".formatted(api.token()))
            .reduce("{", (one, other) -> one.length() == 1 ? one + other : one + "," + other)
            + "}";
    String profile =
        """
        {"tools": true, "parallel-tools": true, "forced-tools": true, "strict-tools": true,
        "signed-calls": false, "media-in-results": false, "sampling": true, "highest-temperature": 2,
        "temperature-with-top-p": true, "top-k": true, "penalties": true, "logprobs": true,
        "stop-sequences": true, "thinking": "none", "always-thinks": false, "least-thinking-budget": 0,
        "efforts": [], "responses-for-tools": false, "schemas": true, "json-objects": true,
        "format-beside-tools": true, "whole-schemas": true, "prefill": true, "responses-only": false}
        """;
    String file =
        """
        {"version": "v", "sources": {"s": {"name": "n", "as-of": "2026-01-01"}}, "apis": %s,
        "profiles": {"p": %s}, "models": [%s]}
        """
            .formatted(apis, profile, rows.replace("\"source\"", "\"like\": \"p\", \"source\""));
    return CapabilityFile.read(file.getBytes(StandardCharsets.UTF_8)).on(day);
  }
}
