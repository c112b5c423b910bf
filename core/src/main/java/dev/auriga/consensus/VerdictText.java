// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import java.util.Locale;
import java.util.stream.Collectors;

/// Answers that differ, as text for a reader: each under a heading, then what differs, then who did not
/// answer.
public final class VerdictText {
  private VerdictText() {}

  /// Begins with `note`.
  public static String of(String note, Verdict verdict) {
    StringBuilder text = new StringBuilder(note);
    int voices = verdict.groups().stream().mapToInt(group -> group.voices().size()).sum();
    for (Verdict.Group group : verdict.groups()) {
      String members = group.voices().stream().map(Verdict.Voice::member).collect(Collectors.joining(", "));
      heading(text, "%s (%d of %d)".formatted(members, group.voices().size(), voices));
      text.append(group.answer());
    }
    for (Verdict.Aside aside : verdict.aside()) {
      heading(text, "%s (%s)".formatted(aside.voice().member(), aside.why().name().toLowerCase(Locale.ROOT)));
      text.append(aside.voice().answer());
    }
    if (verdict instanceof Verdict.Disagreed disagreed && !disagreed.differences().isEmpty()) {
      heading(text, "What differs");
      text.append(
          disagreed.differences().stream().map(each -> "- " + each).collect(Collectors.joining("\n")));
    }
    if (!verdict.absent().isEmpty()) {
      heading(text, "No answer");
      text.append(
          verdict.absent().stream()
              .map(absent -> "- %s: %s".formatted(absent.member(), absent.reason()))
              .collect(Collectors.joining("\n")));
    }
    return text.toString();
  }

  private static void heading(StringBuilder text, String heading) {
    text.append("\n\n## ").append(heading).append("\n\n");
  }
}
