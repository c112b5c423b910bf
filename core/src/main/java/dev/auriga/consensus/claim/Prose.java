// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.claim;

import dev.auriga.consensus.likeness.Aspect;
import dev.auriga.consensus.likeness.Comparison;
import dev.auriga.consensus.likeness.Contrast;
import dev.auriga.consensus.likeness.Likeness;
import dev.auriga.consensus.value.PlainText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A text that is compared with others claim by claim, in both directions.
///
/// Two are the same when each claim of the one is a claim of the other and they lead alike, and in the
/// same order where sentences point to one another; different when a veto fires between two claims on
/// one topic; else the rules are unsure. Likeness of words only finds which claims to compare.
public final class Prose {
  /// Below this overlap two claims are not on one topic.
  private static final double RECALL = 0.3;

  /// Longer texts are only compared as a whole.
  private static final int MOST_CLAIMS = 300;

  private static final int LONGEST = 100_000;

  private final String text;
  private final String plain;
  private final boolean isReadable;
  private final Claims claims;

  private Prose(String text) {
    String bare = PlainText.of(text);
    this.text = text;
    this.plain = PlainText.withoutEnd(bare, ".! \n").replace('\n', ' ').toLowerCase(Locale.ROOT);
    boolean isKnown = text.length() <= LONGEST && English.is(text);
    this.claims = isKnown ? Claims.of(bare) : Claims.NONE;
    this.isReadable = isKnown && claims.claims().size() <= MOST_CLAIMS;
  }

  public static Prose of(String text) {
    return new Prose(text);
  }

  /// As it was written.
  public String text() {
    return text;
  }

  /// Whether the rules can say more of it than that it is word for word the same: it is English, and not
  /// of a length that nobody compares.
  public boolean isReadable() {
    return isReadable;
  }

  public Comparison comparedWith(Prose other) {
    if (plain.equals(other.plain)) {
      return Comparison.SAME;
    }
    Comparison unsure = Comparison.unsure(Aspect.WORDING, beginning(text), beginning(other.text));
    if (!isReadable || !other.isReadable) {
      return unsure;
    }
    Claims.Lead lead = claims.lead();
    Claims.Lead otherLead = other.claims.lead();
    if (lead != otherLead && lead != Claims.Lead.NEITHER && otherLead != Claims.Lead.NEITHER) {
      return Comparison.different(Aspect.LEAD, word(lead), word(otherLead));
    }
    return lead == otherLead && isCovered(claims, other.claims)
        ? Comparison.SAME
        : contrasted(claims, other.claims, unsure);
  }

  /// What one sentence says, as words in its order, amounts and dates in canonical form; equal lists say
  /// the same.
  public static List<String> tokens(String sentence) {
    return ClaimReader.read(PlainText.of(sentence)).tokens();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Prose prose && text.equals(prose.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static String word(Claims.Lead lead) {
    return lead.name().toLowerCase(Locale.ROOT);
  }

  /// The first words, for a list of what differs.
  private static String beginning(String text) {
    String line = PlainText.of(text).replaceAll("\\s+", " ");
    return line.length() <= 80 ? line : line.substring(0, 77) + "…";
  }

  private static boolean isCovered(Claims ours, Claims theirs) {
    List<List<String>> mine = ours.claims().stream().map(Claim::tokens).toList();
    List<List<String>> yours = theirs.claims().stream().map(Claim::tokens).toList();
    if (mine.isEmpty() || ours.isOrdered() || theirs.isOrdered()) {
      return mine.equals(yours) && (!mine.isEmpty() || ours.lead() != Claims.Lead.NEITHER);
    }
    return new HashSet<>(mine).equals(new HashSet<>(yours));
  }

  /// The vetoes between each claim of one side that the other does not make, and the nearest there; and
  /// the other way round where that finds none.
  private static Comparison contrasted(Claims ours, Claims theirs, Comparison otherwise) {
    List<Contrast> contrasts = vetoes(ours, theirs);
    if (contrasts.isEmpty()) {
      contrasts = vetoes(theirs, ours).stream().map(Contrast::turned).toList();
    }
    return contrasts.isEmpty() ? otherwise : new Comparison(Likeness.DIFFERENT, contrasts, 0);
  }

  private static List<Contrast> vetoes(Claims these, Claims those) {
    List<Claim> left = uncovered(those, these);
    List<Contrast> contrasts = new ArrayList<>();
    for (Claim claim : uncovered(these, those)) {
      nearest(claim, left).map(near -> Vetoes.compare(claim, near)).ifPresent(found -> add(found, contrasts));
    }
    return contrasts;
  }

  private static List<Claim> uncovered(Claims these, Claims those) {
    List<List<String>> said = those.claims().stream().map(Claim::tokens).toList();
    return these.claims().stream().filter(claim -> !said.contains(claim.tokens())).toList();
  }

  private static Optional<Claim> nearest(Claim claim, List<Claim> those) {
    return those.stream()
        .filter(each -> claim.overlap(each) >= RECALL || those.size() == 1)
        .max(Comparator.comparingDouble(claim::overlap));
  }

  private static void add(Comparison found, List<Contrast> contrasts) {
    if (found.likeness() == Likeness.DIFFERENT) {
      contrasts.addAll(found.contrasts());
    }
  }
}
