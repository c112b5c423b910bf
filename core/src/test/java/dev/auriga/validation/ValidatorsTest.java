// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Tool;
import dev.auriga.tokens.PlainEstimator;
import dev.auriga.validation.Finding.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each check on answers that pass and answers that do not; schemas are the module `schema`'s.
class ValidatorsTest {
  private static final RawJson SCHEMA = new RawJson("{\"required\":[\"a\"]}");

  /// Knows one schema, whose one assertion holds for objects with an `a`.
  private static final SchemaCompiler COMPILER =
      schema -> {
        if (!schema.equals(SCHEMA)) {
          throw new Uncheckable("no schema: " + schema.text());
        }
        return value ->
            value.has("a") ? List.of() : List.of(new CompiledSchema.Fault("", "required", "\"a\" is missing"));
      };

  private final Validators validators = new Validators(new Schemas(COMPILER), new PlainEstimator()::count);

  private List<Finding> check(Check check, Completion answer) {
    return validators.of(check, List.of()).check(answer);
  }

  private List<Reason> reasons(Check check, Completion answer) {
    return check(check, answer).stream().map(Finding::reason).toList();
  }

  @Test
  void json_isFoundByItsSchemaAndItsSyntax() {
    assertThat(check(new Check.Json(SCHEMA), Answers.text("{\"a\":1}"))).isEmpty();
    assertThat(check(new Check.Json(null), Answers.text("[1]"))).isEmpty();
    assertThat(check(new Check.Json(SCHEMA), Answers.text("{\"b\":1}")))
        .containsExactly(new Finding(Reason.SCHEMA, new Place.Value(""), "\"a\" is missing", "{\"b\":1}"));
    assertThat(check(new Check.Json(SCHEMA), Answers.text("{\"a\":\n oops}")))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.reason()).isEqualTo(Reason.NOT_JSON);
              assertThat(finding.what()).contains("line 2");
              assertThat(finding.fragment()).contains("oops");
            });
    assertThat(reasons(new Check.Json(null), Answers.text(" "))).containsExactly(Reason.NOT_JSON);
    assertThat(reasons(new Check.Json(null), Answers.text("{} {}"))).containsExactly(Reason.NOT_JSON);
  }

  @Test
  void json_isNotAskedOfAnAnswerThatOnlyCalls() {
    assertThat(check(new Check.Json(SCHEMA), Answers.calling("f", "{}"))).isEmpty();
  }

  @Test
  void unusableSchema_isSaidAndIsNoFaultOfTheAnswer() {
    Finding finding = check(new Check.Json(new RawJson("7")), Answers.text("{}")).getFirst();
    assertThat(finding.reason()).isEqualTo(Reason.UNCHECKED);
    assertThat(finding.isFault()).isFalse();
    assertThat(finding.what()).isEqualTo("no schema: 7");
  }

  private static final List<Tool> TOOLS =
      List.of(
          new Tool.Function("get_weather", null, SCHEMA, null, null),
          new Tool.Hosted("anthropic-messages", "web_search", new RawJson("{}")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get_weather | {"a":1} |
          get_weather | {"b":1} | arguments
          get_weather | [1]     | arguments
          get_weather | {"a":   | not-json
          get_weather | ''      | arguments
          web_search  | ?       |
          get_wether  | {"a":1} | unknown-tool
          """)
  void calls_fitTheToolsThatWereOffered(String tool, String arguments, String reason) {
    assertThat(
            validators.of(new Check.ToolCalls(), TOOLS).check(Answers.calling(tool, arguments)).stream()
                .map(finding -> finding.reason().token()))
        .isEqualTo(reason == null ? List.of() : List.of(reason));
  }

  @Test
  void everyCallIsChecked_andSaysWhichItIs() {
    Completion answer =
        Answers.of(
            StopReason.Known.TOOL_CALLS,
            Part.Text.of("Well."),
            Part.ToolCall.of("1", "get_weather", "{\"a\":1}"),
            Part.ToolCall.of("2", "get_wether", "{}"),
            Part.ToolCall.of("3", "get_weather", "{}"));

    List<Finding> findings = validators.of(new Check.ToolCalls(), TOOLS).check(answer);

    assertThat(findings)
        .extracting(Finding::place)
        .containsExactly(new Place.Argument(1, "get_wether", ""), new Place.Argument(2, "get_weather", ""));
    assertThat(findings.getFirst().what()).isEqualTo("there is no tool \"get_wether\"; did you mean \"get_weather\"?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          characters | 3 | 5 | 🙂🙂🙂           |
          characters | 3 | 5 | ab              | too-short
          characters | 3 | 5 | abcdef          | too-long
          words      | 2 | 3 | It's fine, so.  |
          words      | 2 | 3 | Well            | too-short
          words      | 2 | 3 | a b c-d         | too-long
          words      | 2 | 3 | 日本語            |
          tokens     | 1 | 2 | hello           |
          tokens     | 1 | 2 | hello big world | too-long
          """)
  void length_isCountedInItsUnit(String unit, long least, long most, String text, String reason) {
    Check.Length length = new Check.Length(Check.Unit.valueOf(unit.toUpperCase(Locale.ROOT)), least, most);
    assertThat(check(length, Answers.text(text)).stream().map(finding -> finding.reason().token()))
        .isEqualTo(reason == null ? List.of() : List.of(reason));
  }

  @Test
  void impossibleSettings_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Check.Length(Check.Unit.WORDS, 5, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> new Check.NotRepetitive(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Check.Languages(Set.of("en", "tlh")))
        .withMessageContaining("tlh")
        .withMessageContaining("sv");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> validators.of(new Check.Matches("(a"), List.of()))
        .withMessageContaining("not a pattern");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> validators.of(new Check.Avoids("a".repeat(2_001)), List.of()));
  }

  @Test
  void emptiness_isWhatNobodyCanRead() {
    Check check = new Check.NotEmpty();
    assertThat(reasons(check, Answers.of(StopReason.Known.END))).containsExactly(Reason.EMPTY);
    assertThat(reasons(check, Answers.text(" \n"))).containsExactly(Reason.EMPTY);
    assertThat(reasons(check, Answers.of(StopReason.Known.END, new Part.Thinking("hm", null))))
        .containsExactly(Reason.EMPTY);
    assertThat(check(check, Answers.text("x"))).isEmpty();
    assertThat(check(check, Answers.calling("f", "{}"))).isEmpty();
    assertThat(check(check, Answers.of(StopReason.Known.END, new Part.Declined("no")))).isEmpty();
  }

  @Test
  void truncation_isToldByTheReasonToStop() {
    Check check = new Check.NotTruncated();
    assertThat(check(check, Answers.text("done"))).isEmpty();
    assertThat(check(check, Answers.of(new StopReason.Unknown("new"), Part.Text.of("x")))).isEmpty();
    Part.Text text = Part.Text.of("x".repeat(100) + "end");
    assertThat(check(check, Answers.of(StopReason.Known.MAX_TOKENS, text)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.reason()).isEqualTo(Reason.TRUNCATED);
              assertThat(finding.place()).isEqualTo(new Place.Span(23, 103));
              assertThat(finding.fragment()).hasSize(80).endsWith("end");
            });
    assertThat(reasons(check, Answers.of(StopReason.Known.CONTEXT_FULL, text)))
        .containsExactly(Reason.TRUNCATED);
  }

  @Test
  void repetition_isALoopAndNotAList() {
    Check check = Check.NotRepetitive.USUAL;
    String loop = "I will now check the file again. ".repeat(12);
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      list.append("- item ").append(i).append(" costs ").append(i * 7 + 3).append(" euros\n");
    }

    assertThat(check(check, Answers.text("First, " + loop)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.reason()).isEqualTo(Reason.REPETITION);
              assertThat(finding.fragment()).isEqualTo("I will now check the file");
            });
    assertThat(reasons(check, Answers.text("我会再检查一次文件。".repeat(12)))).containsExactly(Reason.REPETITION);
    assertThat(check(check, Answers.text(list.toString()))).isEmpty();
    assertThat(check(check, Answers.text("no no no no no no no no no no"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I'm sorry, but I can't help with that.", "I cannot assist with this request.", "I can’t help with that.",
        "Unfortunately, I am unable to provide that.", "As an AI language model, I cannot discuss this.",
        "Sorry, I won't create that content.", "I must decline.", "Dabei kann ich leider nicht helfen.",
        "Je suis désolé, je ne peux pas vous aider.", "Lo siento, pero no puedo ayudar con eso."
      })
  void refusal_isFoundInItsPhrases(String text) {
    assertThat(reasons(new Check.NotRefused(), Answers.text(text))).containsExactly(Reason.REFUSAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I can help with that.", "Sorry for the delay. The answer is 4.", "You cannot divide by zero.",
        "The error says: I can't help with that.", "I cannot stress this enough: back up first.",
        "Unfortunately, the train was late."
      })
  void regret_isNoRefusal(String text) {
    assertThat(check(new Check.NotRefused(), Answers.text(text))).isEmpty();
  }

  @Test
  void refusal_isAlsoWhatTheDialectSays() {
    Check check = new Check.NotRefused();
    assertThat(check(check, Answers.of(StopReason.Known.END, new Part.Declined("Not this."))))
        .extracting(Finding::fragment)
        .containsExactly("Not this.");
    assertThat(reasons(check, Answers.of(StopReason.Known.FILTERED))).containsExactly(Reason.REFUSAL);
    String essay = "I'm sorry, but I can't help with all of it; here is what I can say. " + "More. ".repeat(200);
    assertThat(check(check, Answers.text(essay))).isEmpty();
  }

  @Test
  void patterns_areWantedOrNot() {
    assertThat(check(new Check.Matches("\\bORDER-\\d{4}\\b"), Answers.text("see ORDER-1234"))).isEmpty();
    assertThat(reasons(new Check.Matches("\\bORDER-\\d{4}\\b"), Answers.text("see ORDER-12")))
        .containsExactly(Reason.PATTERN);
    assertThat(check(new Check.Avoids("(?i)internal"), Answers.text("An Internal matter")))
        .containsExactly(
            new Finding(Reason.PATTERN, new Place.Span(3, 11), "the text must not match (?i)internal", "Internal"));
    assertThat(check(new Check.Avoids("(?i)internal"), Answers.text("open"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "(.*)*b", "(?:a|b|ab)*c$", "(a*)*(a*)*b"})
  void patternThatRunsAway_isGivenUp(String pattern) {
    Finding finding = check(new Check.Matches(pattern), Answers.text("a".repeat(50_000) + "!")).getFirst();
    assertThat(finding.reason()).isEqualTo(Reason.UNCHECKED);
    assertThat(finding.what()).contains(pattern);
  }

  @Test
  void checksTogether_findInTheirOrder() {
    Finding own = new Finding(Reason.CUSTOM, new Place.Whole(), "I do not like it", "");
    List<Check> checks =
        List.of(new Check.NotEmpty(), new Check.Own("mine", _ -> List.of(own)), new Check.Matches("x"));

    assertThat(validators.of(checks, List.of()).check(Answers.text(" ")))
        .extracting(Finding::reason)
        .containsExactly(Reason.EMPTY, Reason.CUSTOM, Reason.PATTERN);
  }

  @Test
  void longFragment_isShortened() {
    Finding finding = new Finding(Reason.CUSTOM, new Place.Whole(), "x", "a".repeat(298) + "🙂🙂");
    assertThat(finding.fragment()).hasSize(299).endsWith("a…");
  }
}
