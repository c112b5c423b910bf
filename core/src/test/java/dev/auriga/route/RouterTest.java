// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.Modality;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Task;
import dev.auriga.completion.Thinking;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final Policy POLICY =
      Policy.of(
          Map.of(
              "auto",
              new Route.Classify(
                  Map.of(
                      Task.CODING, inTurn("claude", "gpt"),
                      Task.ANALYSIS, inTurn("gpt", "claude"),
                      Task.MULTIMODAL, new Route.To("gemini"),
                      Task.HIGH_VOLUME, new Route.To("mini"))),
              "nested", new Route.InTurn(List.of(inTurn("claude", "gpt"), inTurn("gpt", "gemini")))),
          Set.of("claude", "gpt", "gemini", "mini"),
          new Keywords());

  private static Route inTurn(String... names) {
    return new Route.InTurn(List.of(names).stream().<Route>map(Route.To::new).toList());
  }

  private static Outline outline(String model, String text, Modality... modalities) {
    return new Outline(model, false, text, Set.of(modalities), false, null, new Thinking.Unsaid(), true);
  }

  private static Decision decide(Outline outline, Hints hints) {
    return Router.decide(POLICY, Question.of(outline, hints), Snapshot.ALL_WELL, 1);
  }

  private static List<String> order(Decision decision) {
    return decision.candidates().stream()
        .filter(candidate -> candidate.excluded() == null)
        .map(Decision.Candidate::deployment)
        .toList();
  }

  @Test
  void followsTheBranchOfTheTask() {
    Decision decision = decide(outline("auto", "debug this"), Hints.NONE);
    assertThat(decision.task()).isEqualTo(Task.CODING);
    assertThat(order(decision)).containsExactly("claude", "gpt");
    assertThat(decision.plan())
        .isEqualTo(new Plan.InTurn(List.of(new Plan.Single("claude"), new Plan.Single("gpt"))));
    assertThat(decision.reasons()).containsExactly("task coding: the prompt says \"debug\"");
  }

  @Test
  void whatTheCallerNames_winsOverStructure_whichWinsOverWords() {
    assertThat(task("debug", new Hints(Task.ANALYSIS, true), Modality.IMAGE)).isEqualTo(Task.ANALYSIS);
    assertThat(task("debug", new Hints(null, true), Modality.IMAGE)).isEqualTo(Task.MULTIMODAL);
    assertThat(task("debug", new Hints(null, true))).isEqualTo(Task.HIGH_VOLUME);
    assertThat(task("debug", Hints.NONE)).isEqualTo(Task.CODING);
    for (Modality modality : Modality.values()) {
      assertThat(task("debug", Hints.NONE, modality)).isEqualTo(Task.MULTIMODAL);
    }
  }

  private static @Nullable Task task(String text, Hints hints, Modality... modalities) {
    return decide(outline("auto", text, modalities), hints).task();
  }

  @Test
  void aTaskWithoutBranch_takesAnalysis_andSaysSo() {
    Decision decision = decide(outline("auto", "hello"), Hints.NONE);
    assertThat(decision.task()).isEqualTo(Task.SIMPLE);
    assertThat(order(decision)).containsExactly("gpt", "claude");
    assertThat(decision.reasons()).anyMatch(reason -> reason.contains("no branch simple"));
  }

  @Test
  void aDeploymentInTwoBranches_isTriedOnce() {
    assertThat(order(decide(outline("nested", "x"), Hints.NONE))).containsExactly("claude", "gpt", "gemini");
  }

  @Test
  void aDeploymentCanBeAskedByItsOwnName() {
    Decision decision = decide(outline("gemini", "x"), Hints.NONE);
    assertThat(decision.plan()).isEqualTo(new Plan.Single("gemini"));
    assertThat(decision.task()).isNull();
  }

  @Test
  void aCoolingDeployment_isTakenOut_withItsReason() {
    Snapshot snapshot = Snapshot.ALL_WELL.withCooldowns(Map.of("claude", Duration.ofMillis(12_300)));
    Decision decision = Router.decide(POLICY, Question.of(outline("auto", "debug"), Hints.NONE), snapshot, 1);
    assertThat(order(decision)).containsExactly("gpt");
    assertThat(decision.candidates().getLast())
        .isEqualTo(new Decision.Candidate("claude", "cooling down for 12.3 s more"));
  }

  @Test
  void theLastDeploymentIsNeverTakenOut() {
    Snapshot snapshot = Snapshot.ALL_WELL.withCooldowns(Map.of("claude", Duration.ofSeconds(9), "gpt", Duration.ofSeconds(9)));
    Decision decision = Router.decide(POLICY, Question.of(outline("auto", "debug"), Hints.NONE), snapshot, 1);
    assertThat(order(decision)).containsExactly("claude", "gpt");
    assertThat(decision.reasons()).anyMatch(reason -> reason.contains("every deployment is cooling down"));
  }

  @Test
  void anUnknownName_isRefused_withNearMatches() {
    assertThatThrownBy(() -> decide(outline("clade", "x"), Hints.NONE))
        .isInstanceOfSatisfying(Refusal.class, refusal -> {
          assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
          assertThat(refusal.reason()).isEqualTo("there is no route or deployment \"clade\"; did you mean \"claude\"?");
        });
    assertThatThrownBy(() -> decide(outline("zzzzzzzz", "x"), Hints.NONE))
        .hasMessageContaining("known: auto, claude, gemini, gpt, mini, nested");
  }

  @Test
  void theSameInputs_giveTheSameDecision() {
    Outline outline = outline("auto", "compare these");
    assertThat(decide(outline, Hints.NONE)).isEqualTo(decide(outline, Hints.NONE));
  }
}
