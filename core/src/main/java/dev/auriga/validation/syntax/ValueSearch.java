// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.syntax;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/// Looks for objects and arrays in a text and chooses the one that is meant; each character is read
/// once.
final class ValueSearch {
  private static final String FENCE = "```";

  private record Found(Mender.Value value, int from, boolean fenced) {
    boolean isObject() {
      return value.json().startsWith("{");
    }
  }

  private final String text;
  private final List<Found> found = new ArrayList<>();
  private boolean brokenInProse;
  private boolean brokenInFence;

  ValueSearch(String text) {
    this.text = text;
  }

  Repair answer() {
    boolean fenced = false;
    int at = 0;
    while (at < text.length()) {
      char each = text.charAt(at);
      if (text.startsWith(FENCE, at)) {
        fenced = !fenced;
        at += FENCE.length();
      } else if (each == '{' || each == '[') {
        at = tryAt(at, fenced);
      } else {
        at++;
      }
    }
    return chosen();
  }

  /// Where to look on.
  private int tryAt(int from, boolean fenced) {
    Mender mender = new Mender(text, from);
    Mender.Value value = mender.read();
    if (value == null) {
      brokenInFence |= fenced && mender.holdsSomething();
      brokenInProse |= !fenced && mender.holdsSomething();
      return Math.max(from + 1, mender.position());
    }
    Found candidate = new Found(value, from, fenced);
    if (isAnAnswer(candidate)) {
      found.add(candidate);
    }
    return value.end();
  }

  /// Brackets stand in prose, too: what holds nothing, or a list amid a sentence, is no answer.
  private boolean isAnAnswer(Found candidate) {
    Mender.Value value = candidate.value();
    if (!value.holdsSomething()) {
      return candidate.fenced() && !value.fixes().contains(Fix.UNCLOSED);
    }
    return candidate.isObject() || candidate.fenced() || beginsAPassage(candidate.from());
  }

  private boolean beginsAPassage(int from) {
    for (int at = from - 1; at >= 0; at--) {
      char before = text.charAt(at);
      if (before == '\n' || before == ':' || before == '=') {
        return true;
      }
      if (!Mender.isSpace(before)) {
        return false;
      }
    }
    return true;
  }

  private Repair chosen() {
    List<Found> best = found;
    boolean fenced = best.stream().anyMatch(Found::fenced);
    if (fenced) {
      best = best.stream().filter(Found::fenced).toList();
    }
    if (best.stream().anyMatch(Found::isObject)) {
      best = best.stream().filter(Found::isObject).toList();
    }
    if (best.isEmpty()) {
      return new Repair.Hopeless(brokenInFence || brokenInProse ? Repair.Why.BROKEN : Repair.Why.NOTHING_FOUND);
    }
    // A piece of something that broke off is not the whole answer.
    if (fenced ? brokenInFence : brokenInProse) {
      return new Repair.Hopeless(Repair.Why.BROKEN);
    }
    if (best.stream().map(each -> each.value().json()).distinct().count() > 1) {
      return new Repair.Hopeless(Repair.Why.SEVERAL_VALUES);
    }
    return mended(best.getFirst());
  }

  private Repair mended(Found answer) {
    Mender.Value value = answer.value();
    EnumSet<Fix> fixes = EnumSet.noneOf(Fix.class);
    fixes.addAll(value.fixes());
    if (answer.fenced()) {
      fixes.add(Fix.FENCE);
    }
    String around = text.substring(0, answer.from()) + text.substring(value.end());
    if (around.indexOf(Mender.BYTE_ORDER_MARK) >= 0) {
      fixes.add(Fix.BYTE_ORDER_MARK);
    }
    String words =
        answer.fenced()
            ? around.replaceFirst(FENCE + "\\w*", "").replaceFirst(FENCE, "")
            : around;
    if (words.chars().anyMatch(each -> !Mender.isSpace((char) each))) {
      fixes.add(Fix.TEXT_AROUND);
    } else if (fixes.isEmpty()) {
      fixes.add(Fix.CONTROL_CHARACTER);
    }
    return JsonScanner.isJson(value.json())
        ? new Repair.Mended(value.json(), fixes)
        : new Repair.Hopeless(Repair.Why.BROKEN);
  }
}
