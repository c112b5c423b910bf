// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import dev.auriga.completion.Task;
import dev.auriga.consensus.Verdict.Absent;
import dev.auriga.consensus.Verdict.Aside;
import dev.auriga.consensus.Verdict.Group;
import dev.auriga.consensus.Verdict.Voice;
import dev.auriga.consensus.answer.Content;
import dev.auriga.consensus.answer.Contents;
import dev.auriga.consensus.answer.Reading;
import dev.auriga.consensus.calibration.Observation;
import dev.auriga.consensus.calibration.Situation;
import dev.auriga.consensus.likeness.Contrast;
import dev.auriga.consensus.likeness.Likeness;
import dev.auriga.consensus.value.Rational;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One panel being judged: its answers read, grouped and weighed.
final class Judging {
  private final Agreement rule;
  private final Hearing hearing;
  private final Weights weights;
  private final Reading reading;
  private final List<Voice> valid = new ArrayList<>();
  private final List<Content> contents = new ArrayList<>();
  private final List<Aside> aside = new ArrayList<>();
  private final Clusters clusters;
  private final List<List<Integer>> groups;

  Judging(Agreement rule, Hearing hearing, SecondOpinion opinion) {
    this.rule = rule;
    this.hearing = hearing;
    this.weights = Weights.of(hearing.members(), rule.weighing());
    List<Voice> sorted = hearing.voices().stream().sorted(order(weights)).toList();
    this.reading = Reading.of(hearing.question(), sorted.stream().map(Voice::answer).toList());
    sorted.forEach(this::read);
    List<String> answers = valid.stream().map(Voice::answer).toList();
    this.clusters = Clusters.of(contents, answers, hearing.question(), opinion);
    Comparator<List<Integer>> heaviest = Comparator.comparing(this::weight, Comparator.reverseOrder());
    this.groups = clusters.groups().stream().sorted(heaviest.thenComparing(List::getFirst)).toList();
  }

  /// The most reliable first, equals by name; when they answered plays no part.
  private static Comparator<Voice> order(Weights weights) {
    return Comparator.<Voice>comparingDouble(voice -> -weights.reliability(voice.member()))
        .thenComparing(Voice::member)
        .thenComparing(Voice::answer);
  }

  private void read(Voice voice) {
    Content content = reading.read(voice.answer());
    if (content instanceof Content.Nothing why) {
      aside.add(new Aside(voice, why));
    } else {
      valid.add(voice);
      contents.add(content);
    }
  }

  Verdict verdict() {
    Rational share = groups.isEmpty() ? Rational.ZERO : share(groups.getFirst());
    List<Group> told = groups.stream().map(this::told).toList();
    List<Absent> absent = hearing.absent().stream().sorted(Comparator.comparing(Absent::member)).toList();
    return rule.isMet(valid.size(), share)
        ? new Verdict.Agreed(told.getFirst().answer(), tally(share), told, aside, absent)
        : new Verdict.Disagreed(Verdict.NOTE, differences(), tally(share), told, aside, absent);
  }

  /// How the panel came out, for calibration; empty without a valid answer.
  private Optional<Situation> situation() {
    if (groups.isEmpty()) {
      return Optional.empty();
    }
    Task task = hearing.question().task();
    int size = weights.effective(valid.stream().map(Voice::member).toList());
    int largest = Math.min(size, weights.effective(groups.getFirst().stream().map(each -> valid.get(each).member()).toList()));
    return Optional.of(
        new Situation(reading.kind().token(), task == null ? null : task.token(), size, largest, groups.size()));
  }

  /// The situation, and whether the largest group says what is true; empty where that cannot be told.
  Optional<Observation> observed(String truth) {
    Content known = reading.read(truth);
    if (groups.isEmpty() || !known.isValid()) {
      return Optional.empty();
    }
    Likeness likeness = Contents.compare(contents.get(groups.getFirst().getFirst()), known).likeness();
    return likeness == Likeness.UNSURE
        ? Optional.empty()
        : situation().map(situation -> new Observation(situation, likeness == Likeness.SAME));
  }

  private Rational weight(List<Integer> group) {
    return weights.of(group.stream().map(each -> valid.get(each).member()).toList());
  }

  private Rational share(List<Integer> group) {
    return weight(group).over(weights.of(valid.stream().map(Voice::member).toList()));
  }

  private Group told(List<Integer> group) {
    return new Group(
        valid.get(group.getFirst()).answer(), group.stream().map(valid::get).toList(), share(group).approximately());
  }

  private Tally tally(Rational share) {
    double confidence = situation().map(rule.calibration()::confidence).orElse(0.0);
    return new Tally(
        hearing.asked(), valid.size(), rule.quorum(), groups.size(), reading.kind().token(), share.approximately(),
        pairwise(), confidence);
  }

  private double pairwise() {
    int size = valid.size();
    if (size < 2) {
      return size;
    }
    int[] groupOf = new int[size];
    for (int group = 0; group < groups.size(); group++) {
      for (int each : groups.get(group)) {
        groupOf[each] = group;
      }
    }
    double sum = 0;
    for (int one = 0; one < size; one++) {
      for (int other = one + 1; other < size; other++) {
        sum += groupOf[one] == groupOf[other] ? 1 : clusters.compared(one, other).share();
      }
    }
    return sum * 2 / (size * (size - 1.0));
  }

  /// What each other group's first answer says otherwise than the largest group's.
  private List<Difference> differences() {
    Set<Difference> differences = new LinkedHashSet<>();
    for (List<Integer> group : groups.stream().skip(1).toList()) {
      int one = groups.getFirst().getFirst();
      int other = group.getFirst();
      for (Contrast contrast : clusters.compared(Math.min(one, other), Math.max(one, other)).contrasts()) {
        Contrast seen = one < other ? contrast : contrast.turned();
        differences.add(
            new Difference(seen.aspect(), valid.get(one).member(), seen.one(), valid.get(other).member(), seen.other()));
      }
    }
    return List.copyOf(differences);
  }
}
