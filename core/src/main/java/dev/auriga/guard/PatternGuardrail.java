// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// Recognises secrets and personal data by their form; a pure function of the text.
///
/// That it finds nothing does not mean that there is nothing.
public final class PatternGuardrail implements Guardrail {

  /// What becomes of a text in which something was recognised.
  public enum Action {
    /// It passes, with a note.
    ANNOTATE,
    /// It passes without it.
    REDACT,
    /// It does not pass.
    DENY
  }

  private final List<Rule> rules;
  private final Action action;

  /// `tokens` are those of [Patterns#SECRETS] and [Patterns#PERSONAL]; throws
  /// [IllegalArgumentException] for others.
  public PatternGuardrail(Set<String> tokens, Action action) {
    this.rules = Patterns.rules(tokens);
    this.action = action;
  }

  @Override
  public Ruling check(Passage passage) {
    List<Hit> hits = new ArrayList<>();
    HitScanner scanner = new HitScanner(rules, new Hits(hits));
    scanner.feed(passage.text());
    scanner.finish();
    return ruling(hits, action);
  }

  private record Hits(List<Hit> hits) implements HitScanner.Listener {
    @Override
    public void plain(CharSequence text) {}

    @Override
    public void hit(Hit hit) {
      hits.add(hit);
    }
  }

  /// The same over a text that comes in pieces.
  public GuardedText streamed() {
    return new GuardedText(rules, action);
  }

  /// What `hits` lead to.
  static Ruling ruling(List<Hit> hits, Action action) {
    if (hits.isEmpty()) {
      return Ruling.pass();
    }
    TreeMap<String, Integer> counts = new TreeMap<>();
    hits.forEach(hit -> counts.merge(hit.token(), 1, Integer::sum));
    List<String> notes =
        counts.entrySet().stream().map(each -> each.getKey() + ": " + each.getValue()).toList();
    return switch (action) {
      case ANNOTATE -> new Ruling.Allow(notes);
      case REDACT -> new Ruling.Redact(hits, notes);
      case DENY ->
          new Ruling.Deny(
              counts.firstKey(), "the text contains what must not pass: " + String.join(", ", counts.keySet()), notes);
    };
  }
}
