// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Failure;
import dev.auriga.completion.FailureKind;
import dev.auriga.completion.Refusal;
import dev.auriga.consensus.Agreement;
import dev.auriga.consensus.Hearing;
import dev.auriga.consensus.Member;
import dev.auriga.consensus.SecondOpinion;
import dev.auriga.consensus.Spoken;
import dev.auriga.consensus.Standing;
import dev.auriga.consensus.Verdict;
import dev.auriga.consensus.answer.Question;
import dev.auriga.provider.Asked;
import dev.auriga.provider.Deployment;
import dev.auriga.provider.Reply;
import dev.auriga.route.Decision;
import dev.auriga.route.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One panel being heard: who was asked, and what came of it so far. For one thread.
final class Sitting {
  private static final String LATE = "did not answer in time";
  private static final String SPARED = "cancelled, because it could not change the outcome";

  /// So many characters of all answers together are compared at once.
  private static final long SHORT = 500;

  private final Plan.Panel panel;
  private final Agreement rule;
  private final Question question;
  private final Map<Integer, Answered> answers = new TreeMap<>();
  private final Map<Integer, String> absent = new TreeMap<>();
  private Reply.@Nullable Failed failed;
  private @Nullable RuntimeException unsaid;
  private int asked;

  /// A member's answer.
  ///
  /// @param by the deployment that answered, or several
  record Answered(String by, Completion completion) {}

  Sitting(Plan.Panel panel, Journey journey, Asked.ToComplete asked) {
    Decision decision = journey.decision();
    this.panel = panel;
    this.rule = Panels.rule(panel);
    this.question =
        new Question(
            asked.outline().lastUserText(), asked.request().format(), decision == null ? null : decision.task());
  }

  Plan.Panel panel() {
    return panel;
  }

  Question question() {
    return question;
  }

  /// How many members have been asked.
  int asked() {
    return asked;
  }

  /// The next member that is to be asked.
  int asks() {
    return asked++;
  }

  /// Two members that were answered by the same deployment, because one fell back to it, are one voice.
  void note(Panels.Heard heard) {
    Reply reply = heard.reply();
    if (reply instanceof Reply.Whole || reply instanceof Reply.Composed) {
      String by = String.valueOf(heard.part().servedBy());
      Deployment server = heard.part().server();
      String name = server == null ? by : server.name();
      if (answers.values().stream().anyMatch(other -> other.by().equals(name))) {
        absent.put(heard.member(), "was answered by " + name + ", which has a voice already");
      } else {
        answers.put(heard.member(), new Answered(name, completion(reply)));
      }
      return;
    }
    if (reply instanceof Reply.Failed failure) {
      failed = failed == null ? failure : failed;
      absent.put(heard.member(), failure.failure().kind().token() + ": " + failure.failure().detail());
    } else {
      RuntimeException why = Objects.requireNonNull(heard.unsaid(), "a member that neither answered nor failed");
      unsaid = unsaid == null ? why : unsaid;
      absent.put(heard.member(), why instanceof Refusal refusal ? refusal.reason() : String.valueOf(why.getMessage()));
    }
  }

  private static Completion completion(Reply reply) {
    return switch (reply) {
      case Reply.Whole whole -> whole.completion();
      case Reply.Composed composed -> composed.completion();
      case Reply.Streaming _, Reply.Counted _, Reply.Embedded _, Reply.Failed _ ->
          throw new IllegalStateException("not the answer of a member: " + reply.getClass());
    };
  }

  /// Whoever was asked and has not been heard is too late.
  void late() {
    rest(LATE);
  }

  /// Whoever was asked and has not been heard need not be.
  void spared() {
    rest(SPARED);
  }

  private void rest(String why) {
    for (int member = 0; member < asked; member++) {
      if (!answers.containsKey(member)) {
        absent.putIfAbsent(member, why);
      }
    }
  }

  /// Whether those `atWork` cannot change what the members come to.
  boolean isCertain(int atWork) throws InterruptedException {
    if (!(panel.aim() instanceof Plan.Panel.Agree agree)) {
      return false;
    }
    Verdict verdict = verdict(SecondOpinion.NONE);
    List<Verdict.Group> groups = verdict.groups();
    Standing standing =
        Standing.even(
            verdict.tally().valid(),
            groups.isEmpty() ? 0 : groups.get(0).voices().size(),
            groups.size() < 2 ? 0 : groups.get(1).voices().size(),
            atWork);
    return switch (standing.outlook(rule.threshold(), rule.quorum())) {
      case AGREED_FOR_CERTAIN -> true;
      // A second opinion may bring together what the rules keep apart.
      case DISAGREED_FOR_CERTAIN -> agree.opinion() == null || atWork == 0;
      case OPEN -> false;
    };
  }

  /// Whether members that have not been asked could still turn a disagreement.
  boolean wantsMore() throws InterruptedException {
    return asked < panel.members().size() && verdict(SecondOpinion.NONE) instanceof Verdict.Disagreed;
  }

  /// What the answers so far come to. Long ones are compared apart, because comparing all claims takes a while.
  Verdict verdict(SecondOpinion opinion) throws InterruptedException {
    Hearing hearing = hearing();
    long characters = hearing.voices().stream().mapToLong(voice -> voice.answer().length()).sum();
    return characters <= SHORT && opinion.equals(SecondOpinion.NONE)
        ? rule.of(hearing)
        : Apart.done(() -> rule.of(hearing, opinion));
  }

  /// Whether nobody answered.
  boolean isSilent() {
    return answers.isEmpty();
  }

  /// Why nobody did; throws where nothing was asked at all.
  Reply.Failed failure() {
    if (failed != null) {
      return failed;
    }
    if (unsaid != null) {
      throw unsaid;
    }
    return new Reply.Failed(Failure.of(FailureKind.TIMED_OUT, "no member of the panel answered in time"));
  }

  int quorum() {
    return rule.quorum();
  }

  /// What was heard, in the order in which members are named.
  Hearing hearing() {
    List<Member> members = new ArrayList<>();
    List<Verdict.Voice> voices = new ArrayList<>();
    List<Verdict.Absent> missing = new ArrayList<>();
    answers.forEach(
        (_, answer) -> {
          members.add(Member.of(answer.by()));
          voices.add(new Verdict.Voice(answer.by(), Spoken.text(answer.completion())));
        });
    absent.forEach(
        (member, why) -> {
          String name = panel.members().get(member).primary();
          members.add(Member.of(name));
          missing.add(new Verdict.Absent(name, why));
        });
    return new Hearing(question, members.stream().distinct().toList(), voices, missing);
  }

  /// The answers by who gave them, in the order in which members are named.
  Map<String, Completion> completions() {
    Map<String, Completion> completions = new LinkedHashMap<>();
    answers.values().forEach(answer -> completions.put(answer.by(), answer.completion()));
    return completions;
  }
}
