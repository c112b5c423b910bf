// SPDX-License-Identifier: Apache-2.0
package dev.auriga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.config.Config;
import dev.auriga.config.ConfigFile;
import dev.auriga.config.ConfigProblems;
import dev.auriga.config.PolicyCaseFile;
import dev.auriga.route.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final Config CONFIG =
      ConfigFile.parse(
          """
          keys:
            dev: { secret: a-key-for-the-tests, routes: [auto] }
            europe: { secret: another-key-for-tests, regions: [eu] }
          providers:
            first: { kind: anthropic, api-key: k }
            second: { kind: openai, api-key: k }
          deployments:
            claude: { provider: first, base-model: claude-sonnet-4-5, region: eu }
            haiku: { provider: first, base-model: claude-haiku-4-5 }
            gpt: { provider: second, base-model: gpt-4o }
            old: { provider: second, base-model: gpt-3.5-turbo, capabilities: { modalities: [text], context: 16000 } }
          routes:
            auto:
              classify:
                coding: [claude, gpt]
                analysis: [gpt, claude]
                simple: [haiku, gpt]
            quick: { fastest: [claude, gpt] }
            thrifty: { cheapest: [gpt, haiku] }
            wide: [old, gpt]
          """,
          Path.of("auriga.yaml"),
          Map.of());

  @TempDir Path folder;

  private List<PolicyCheck.Failure> run(String tests) throws IOException {
    Path file = folder.resolve("policy.yaml");
    Files.writeString(file, tests);
    Policy policy = Assembler.policy(CONFIG, Assembler.Parts.usual());
    return new PolicyCheck(CONFIG, policy, NOW).run(PolicyCaseFile.read(file, CONFIG));
  }

  @Test
  void situationsAreDecidedAsRequestsWouldBe() throws IOException {
    assertThat(
            run(
                """
                tests:
                  code goes to claude:
                    given: { prompt: debug this, key: dev }
                    expect: { task: coding, served: claude, order: [claude, gpt] }
                  while claude cools down gpt answers:
                    given: { prompt: debug this, cooling: [claude] }
                    expect: { served: gpt, excluded: { claude: cooling down } }
                  the task can be named:
                    given: { task: analysis }
                    expect: { task: analysis, served: gpt }
                  the fastest is asked:
                    given: { route: quick, speeds: { claude: 900ms, gpt: 300ms } }
                    expect: { order: [gpt, claude] }
                  the cheapest is asked:
                    given: { route: thrifty, tokens: 2000, at: 2026-11-01 }
                    expect: { served: haiku }
                  images are not for the old one:
                    given: { route: wide, carries: [image] }
                    expect: { order: [gpt], excluded: { old: takes no image } }
                  long prompts are not for the old one:
                    given: { route: wide, tokens: 40000 }
                    expect: { served: gpt, excluded: { old: at most 16000 } }
                  a session stays where it is:
                    given: { route: wide, session: abc, held: gpt }
                    expect: { served: gpt }
                  a key keeps to its region:
                    given: { prompt: debug this, key: europe }
                    expect: { order: [claude], excluded: { gpt: region } }
                  a key keeps to its routes:
                    given: { route: quick, key: dev }
                    expect: { refused: may not use "quick" }
                  an unknown route is refused:
                    given: { route: nobody }
                    expect: { refused: no route or deployment }
                  what costs too much is refused:
                    given: { route: wide, tokens: 100000, max-cost: 0.000001 }
                    expect: { refused: it may cost up to }
                """))
        .isEmpty();
  }

  @Test
  void whatDoesNotHold_isSaid_withItsLine_whatWasExpected_andWhatCame() throws IOException {
    assertThat(
            run(
                """
                tests:
                  code:
                    given: { prompt: debug this, cooling: [claude] }
                    expect:
                      task: creative
                      served: claude
                      order: [claude, gpt]
                      excluded: { gpt: cooling, haiku: cooling, claude: too slow }
                  words:
                    given: { prompt: hello }
                    expect: { refused: anything }
                  refusal:
                    given: { route: nobody }
                    expect: { served: gpt }
                """))
        .extracting(PolicyCheck.Failure::toString)
        .containsExactly(
            "line 5, \"code\": task: expected creative, got coding (the prompt says \"debug\")",
            "line 6, \"code\": served: expected claude, got gpt (claude: cooling down for 30.0 s more)",
            "line 7, \"code\": order: expected claude, gpt, got gpt",
            "line 8, \"code\": excluded.gpt: expected \"cooling\", got that it is asked",
            "line 8, \"code\": excluded.haiku: expected \"cooling\", got that it was not looked at",
            "line 8, \"code\": excluded.claude: expected \"too slow\", got \"cooling down for 30.0 s more\"",
            "line 11, \"words\": refused: expected \"anything\", got haiku, gpt",
            "line 14, \"refusal\": expect: expected a decision, got a refusal: there is no route or deployment"
                + " \"nobody\"; known: auto, claude, gpt, haiku, old, quick, thrifty, wide");
  }

  @Test
  void whatCannotBeRead_isReportedAllAtOnce_withLinesAndSuggestions() {
    assertThatThrownBy(
            () ->
                run(
                    """
                    tests:
                      one:
                        given: { promt: debug, cooling: [cloude], carries: [picture], speeds: { gbt: 1s } }
                        expect: { served: clade, task: codin }
                      two:
                        given: { key: def, at: yesterday, max-cost: much }
                        expect: {}
                      three:
                        expect: { served: gpt, refused: no }
                    test: {}
                    """))
        .isInstanceOfSatisfying(
            ConfigProblems.class,
            problems ->
                assertThat(problems.problems().stream().map(ConfigProblems.Problem::toString))
                    .anyMatch(each -> each.startsWith("line 3") && each.contains("tests.one.given.promt: unknown key; did you mean \"prompt\"?"))
                    .anyMatch(each -> each.contains("no deployment \"cloude\"; did you mean \"claude\"?"))
                    .anyMatch(each -> each.contains("no kind of input \"picture\"; known: image, audio, video, document"))
                    .anyMatch(each -> each.contains("no deployment \"gbt\"; did you mean \"gpt\"?"))
                    .anyMatch(each -> each.startsWith("line 4") && each.contains("no deployment \"clade\""))
                    .anyMatch(each -> each.contains("no task \"codin\"; did you mean \"coding\"?"))
                    .anyMatch(each -> each.contains("no key \"def\"; did you mean \"dev\"?"))
                    .anyMatch(each -> each.contains("not a moment: \"yesterday\""))
                    .anyMatch(each -> each.contains("not an amount of US dollars: \"much\""))
                    .anyMatch(each -> each.startsWith("line 7") && each.contains("nothing is expected"))
                    .anyMatch(each -> each.contains("nobody serves what is refused"))
                    .anyMatch(each -> each.startsWith("line 10") && each.contains("test: unknown key; did you mean \"tests\"?"))
                    .hasSize(12));
  }

  @Test
  void anEmptyFile_isAProblem() {
    assertThatThrownBy(() -> run("")).isInstanceOf(ConfigProblems.class).hasMessageContaining("no test in it");
  }
}
