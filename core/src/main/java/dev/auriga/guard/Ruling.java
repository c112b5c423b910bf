// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a [Guardrail] says of a text.
///
/// `notes` are for the record, in words without the text; among them is that a guardrail could not
/// be asked.
public sealed interface Ruling {
  List<String> notes();

  /// It passes as it is.
  record Allow(List<String> notes) implements Ruling {
    public Allow {
      notes = List.copyOf(notes);
    }
  }

  /// It passes without these characters: in the order of the text, none over another.
  record Redact(List<Hit> hits, List<String> notes) implements Ruling {
    public Redact {
      hits = disjoint(hits);
      notes = List.copyOf(notes);
    }

    /// `text` with a mask in the place of each hit.
    public String apply(String text) {
      StringBuilder masked = new StringBuilder();
      int at = 0;
      for (Hit hit : hits) {
        masked.append(text, at, (int) hit.from()).append(hit.mask());
        at = (int) hit.to();
      }
      return masked.append(text, at, text.length()).toString();
    }
  }

  /// It does not pass.
  ///
  /// @param token why, stable, for records and metrics
  /// @param reason why, in words for the client, without the text
  record Deny(String token, String reason, List<String> notes) implements Ruling {
    public Deny {
      notes = List.copyOf(notes);
    }
  }

  /// It passes, and there is nothing to note.
  static Ruling pass() {
    return new Allow(List.of());
  }

  /// What comes of both: a denial outdoes everything, the first one counts, and redactions add up.
  default Ruling and(Ruling other) {
    List<String> both = new ArrayList<>(notes());
    both.addAll(other.notes());
    if (this instanceof Deny deny) {
      return new Deny(deny.token(), deny.reason(), both);
    }
    if (other instanceof Deny deny) {
      return new Deny(deny.token(), deny.reason(), both);
    }
    List<Hit> hits = new ArrayList<>();
    for (Ruling each : List.of(this, other)) {
      hits.addAll(each instanceof Redact redact ? redact.hits() : List.of());
    }
    return hits.isEmpty() ? new Allow(both) : new Redact(hits, both);
  }

  private static List<Hit> disjoint(List<Hit> hits) {
    List<Hit> sorted =
        hits.stream()
            .sorted(Comparator.comparingLong(Hit::from).thenComparing(Hit::to, Comparator.reverseOrder()))
            .toList();
    List<Hit> disjoint = new ArrayList<>();
    for (Hit hit : sorted) {
      Hit last = disjoint.isEmpty() ? null : disjoint.getLast();
      if (last == null || hit.from() >= last.to()) {
        disjoint.add(hit);
      } else if (hit.to() > last.to()) {
        disjoint.set(disjoint.size() - 1, new Hit(last.token(), last.from(), hit.to()));
      }
    }
    return List.copyOf(disjoint);
  }
}
