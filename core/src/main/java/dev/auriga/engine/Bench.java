// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Completion;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.ToolChoice;
import dev.auriga.completion.Usage;
import dev.auriga.consensus.SecondOpinion;
import dev.auriga.consensus.Spoken;
import dev.auriga.consensus.Verdict;
import dev.auriga.consensus.VerdictJson;
import dev.auriga.consensus.VerdictText;
import dev.auriga.consensus.answer.Question;
import dev.auriga.consensus.likeness.Likeness;
import dev.auriga.provider.Asked;
import dev.auriga.provider.LossyRequest;
import dev.auriga.provider.Reply;
import dev.auriga.route.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes one answer of a panel's: by rules, by a judge or by a writer. For one panel and one thread.
///
/// Nothing that was heard is dropped: whatever the outcome, every answer is told beside it.
final class Bench {
  static final String TOO_FEW = "Too few of the models that were asked have answered.";
  static final String NO_JUDGE = "Nobody could judge these answers.";
  static final String NO_WRITER = "Nobody could write one answer out of these.";

  private final Performer performer;
  private final Booking booking;
  private final Sitting sitting;
  private final Journey journey;
  private final Asked.ToComplete asked;

  Bench(Performer performer, Booking booking, Sitting sitting, Journey journey, Asked.ToComplete asked) {
    this.performer = performer;
    this.booking = booking;
    this.sitting = sitting;
    this.journey = journey;
    this.asked = asked;
  }

  /// The agreed answer as its member gave it, or all answers under headings.
  Reply agreed(@Nullable Plan opinion) throws InterruptedException {
    SecondOpinion second =
        opinion == null
            ? SecondOpinion.NONE
            : (question, one, other) -> opinion(opinion, question, one, other);
    Verdict verdict = reached(second);
    VerdictJson json = VerdictJson.of(verdict);
    return switch (verdict) {
      case Verdict.Agreed agreed -> by(agreed.groups().getFirst().voices().getFirst().member(), json);
      case Verdict.Disagreed disagreed -> all(disagreed.note(), verdict, json);
    };
  }

  private Verdict reached(SecondOpinion second) throws InterruptedException {
    Verdict verdict = sitting.verdict(second);
    journey.reached(verdict);
    return verdict;
  }

  private Likeness opinion(Plan by, Question question, String one, String other) {
    try {
      return PanelWords.likeness(ask(by, PanelWords.compare(question.prompt(), one, other)));
    } catch (InterruptedException gone) {
      Thread.currentThread().interrupt();
      return Likeness.UNSURE;
    }
  }

  /// The answer that `by` finds best when it reads them in one order and in the other; the earliest of
  /// the two where it does not find the same.
  Reply judged(Plan by) throws InterruptedException {
    Verdict verdict = reached(SecondOpinion.NONE);
    VerdictJson json = VerdictJson.of(verdict);
    List<String> members = List.copyOf(sitting.completions().keySet());
    if (members.size() < sitting.quorum()) {
      return all(TOO_FEW, verdict, json);
    }
    if (members.size() == 1) {
      return by(members.getFirst(), json);
    }
    String first = best(by, members);
    String second = best(by, members.reversed());
    if (first == null && second == null) {
      return all(NO_JUDGE, verdict, json);
    }
    String chosen =
        members.stream().filter(member -> member.equals(first) || member.equals(second)).findFirst().orElseThrow();
    return by(chosen, json.judged(chosen, Objects.equals(first, second)));
  }

  /// The member whose answer is called the best when they are read in that order; null when none is.
  private @Nullable String best(Plan by, List<String> members) throws InterruptedException {
    List<String> answers = members.stream().map(member -> Spoken.text(completion(member))).toList();
    int best = PanelWords.letter(ask(by, PanelWords.judge(sitting.question().prompt(), answers)), members.size());
    return best < 0 ? null : members.get(best);
  }

  /// What `by` writes out of all answers; as a stream where the client wants one.
  Reply fused(Plan by) throws InterruptedException {
    Verdict verdict = reached(SecondOpinion.NONE);
    VerdictJson json = VerdictJson.of(verdict);
    Map<String, Completion> completions = sitting.completions();
    if (completions.size() < sitting.quorum()) {
      return all(TOO_FEW, verdict, json);
    }
    List<String> answers = completions.values().stream().map(Spoken::text).toList();
    CompletionRequest request = writing(PanelWords.fuse(answers));
    json.fused(answers.size());
    Said said = said(by, request);
    if (said.reply instanceof Reply.Whole whole && !PanelWords.reports(whole.completion().text())) {
      Said again = said(by, again(request, whole.completion()));
      if (again.reply instanceof Reply.Whole) {
        used(said.part, whole);
        said = again;
      }
    }
    Journey part = said.part;
    return switch (said.reply) {
      case Reply.Whole whole -> {
        used(part, whole);
        yield composed(String.valueOf(part.servedBy()), whole.completion(), json);
      }
      case Reply.Composed composed -> {
        journey.used(part);
        yield composed(String.valueOf(part.servedBy()), composed.completion(), json);
      }
      case Reply.Streaming streaming -> {
        journey.answers(part, json.raw());
        yield streaming;
      }
      case null, default -> all(NO_WRITER, verdict, json);
    };
  }

  /// What came of asking somebody; nothing where the request cannot be said to them, or paid.
  private record Said(@Nullable Reply reply, Journey part) {}

  /// The conversation with what the writer is to do as its last message.
  private CompletionRequest writing(String task) {
    CompletionRequest request = asked.request();
    CompletionRequest.Builder writing =
        request.toBuilder().message(Message.user(task)).streamed(asked.outline().streamed());
    return request.tools().isEmpty() ? writing.build() : writing.toolChoice(new ToolChoice.None()).build();
  }

  private static CompletionRequest again(CompletionRequest request, Completion written) {
    return request.toBuilder()
        .message(Message.assistant(written.text()))
        .message(Message.user(PanelWords.REPORT_MISSING))
        .build();
  }

  /// What `by` says to `prompt`; empty when it says nothing.
  private String ask(Plan by, String prompt) throws InterruptedException {
    CompletionRequest request =
        CompletionRequest.to(journey.route()).message(Message.user(prompt)).maxTokens(PanelWords.ROOM).build();
    Said said = said(by, request);
    return switch (said.reply) {
      case Reply.Whole whole -> {
        used(said.part, whole);
        yield whole.completion().text();
      }
      case Reply.Composed composed -> {
        journey.used(said.part);
        yield composed.completion().text();
      }
      case null, default -> "";
    };
  }

  private Said said(Plan by, CompletionRequest request) throws InterruptedException {
    Journey part = journey.beside(Asked.of(request));
    try {
      return new Said(performer.perform(by, part, Attempts.Next.NOTHING), part);
    } catch (Refusal | LossyRequest | Spent _) {
      return new Said(null, part);
    }
  }

  private void used(Journey part, Reply.Whole whole) {
    booking.book(part, whole);
    journey.used(part);
  }

  private Completion completion(String member) {
    return Objects.requireNonNull(sitting.completions().get(member));
  }

  private Reply by(String member, VerdictJson json) {
    return composed(member, completion(member), json);
  }

  /// Every answer under a heading.
  private Reply all(String note, Verdict verdict, VerdictJson json) {
    Map<String, Completion> completions = sitting.completions();
    String models = completions.values().stream().map(Completion::model).collect(Collectors.joining(", "));
    List<Part> parts = new ArrayList<>(1);
    parts.add(Part.Text.of(VerdictText.of(note, verdict)));
    return composed(
        String.join(", ", completions.keySet()),
        new Completion(journey.id(), models, parts, StopReason.Known.END, null, Usage.NONE),
        json.noting(note));
  }

  private Reply composed(String by, Completion answer, VerdictJson json) {
    RawJson auriga = json.raw();
    journey.composed(by, answer.model(), auriga);
    Usage usage = journey.usage();
    return new Reply.Composed(
        new Completion(
            answer.id(), answer.model(), answer.parts(), answer.stop(), answer.stopSequence(),
            usage == null ? Usage.NONE : usage, answer.unread()),
        auriga);
  }
}
