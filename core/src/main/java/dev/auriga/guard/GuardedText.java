// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

import java.util.ArrayList;
import java.util.List;

/// One text that comes in pieces, let through as far as it is known to be clean.
///
/// What is let through and what is recognised are the same as of the whole text, wherever it is cut:
/// the possible beginning of something is held back until it is decided. For one thread.
public final class GuardedText {
  private final PatternGuardrail.Action action;
  private final List<Hit> hits = new ArrayList<>();
  private final StringBuilder released = new StringBuilder();
  private final HitScanner scanner;

  GuardedText(List<Rule> rules, PatternGuardrail.Action action) {
    this.action = action;
    this.scanner =
        new HitScanner(
            rules,
            new HitScanner.Listener() {
              @Override
              public void plain(CharSequence text) {
                release(text);
              }

              @Override
              public void hit(Hit hit) {
                hits.add(hit);
                if (action == PatternGuardrail.Action.REDACT) {
                  released.append(hit.mask());
                }
              }
            });
  }

  private void release(CharSequence text) {
    if (!isDenied()) {
      released.append(text);
    }
  }

  /// What may go on now, masked where it was redacted; perhaps nothing. After a denial, nothing.
  public String feed(String piece) {
    if (isDenied()) {
      return "";
    }
    scanner.feed(piece);
    return taken();
  }

  /// The text ends: what was still held back.
  public String finish() {
    if (!isDenied()) {
      scanner.finish();
    }
    return taken();
  }

  private String taken() {
    String text = released.toString();
    released.setLength(0);
    return text;
  }

  /// Whether something was recognised that must not pass; the rest of the text may be dropped.
  public boolean isDenied() {
    return action == PatternGuardrail.Action.DENY && !hits.isEmpty();
  }

  /// What is said of the text so far.
  public Ruling ruling() {
    return PatternGuardrail.ruling(hits, action);
  }
}
