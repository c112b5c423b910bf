// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import dev.auriga.consensus.value.Rational;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// What the voice of each member of one panel weighs.
///
/// Weights belong to the panel as it was asked, not to who answered: so a member's failure changes no
/// other's weight, and what is certain before all have answered stays so. They are exact: logarithms are
/// rounded to six places once, and then added without further error.
public final class Weights {
  /// A member that is no better than chance still weighs a little, and none is beyond doubt.
  private static final double LEAST_RELIABILITY = 0.51;

  private static final double MOST_RELIABILITY = 0.99;
  private static final int PLACES = 6;

  private final Map<String, Member> members = new HashMap<>();
  private final Map<String, Rational> weights = new HashMap<>();
  private final double kinship;

  private Weights(double kinship) {
    this.kinship = kinship;
  }

  public static Weights of(Collection<Member> members, Weighing weighing) {
    Weights weights = new Weights(weighing.kinship());
    members.forEach(member -> weights.members.put(member.name(), member));
    Map<String, Long> families = families(members);
    double usual =
        members.stream().map(Member::reliability).filter(Objects::nonNull).mapToDouble(Double::doubleValue).average().orElse(0.5);
    for (Member member : members) {
      double voice = weighing.byReliability() ? logOdds(member.reliability() == null ? usual : member.reliability()) : 1;
      long related = member.family() == null ? 1 : families.getOrDefault(member.family(), 1L);
      double discounted = voice / (1 + (related - 1) * weighing.kinship());
      weights.weights.put(
          member.name(), Rational.of(BigDecimal.valueOf(discounted).setScale(PLACES, RoundingMode.HALF_UP)));
    }
    return weights;
  }

  private static Map<String, Long> families(Collection<Member> members) {
    return members.stream()
        .map(Member::family)
        .filter(Objects::nonNull)
        .collect(Collectors.groupingBy(family -> family, Collectors.counting()));
  }

  private static double logOdds(double reliability) {
    double within = Math.clamp(reliability, LEAST_RELIABILITY, MOST_RELIABILITY);
    return StrictMath.log(within / (1 - within));
  }

  /// The weight of one voice of that member; 1 for one that is not of the panel.
  public Rational of(String member) {
    return weights.getOrDefault(member, Rational.ONE);
  }

  public Rational of(Collection<String> names) {
    return names.stream().map(this::of).reduce(Rational.ZERO, Rational::plus);
  }

  /// How often the member is right; below 0 when nobody knows, so that it comes after those that are known.
  double reliability(String member) {
    Member known = members.get(member);
    Double reliability = known == null ? null : known.reliability();
    return reliability == null ? -1 : reliability;
  }

  /// For how many members without relatives these count, at least 1.
  int effective(List<String> names) {
    Map<String, Long> families =
        families(names.stream().map(name -> members.getOrDefault(name, Member.of(name))).toList());
    long related = families.values().stream().mapToLong(Long::longValue).sum();
    double count = names.size() - related;
    for (long each : families.values()) {
      count += each / (1 + (each - 1) * kinship);
    }
    return (int) Math.max(1, Math.round(count));
  }
}
