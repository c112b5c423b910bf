// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.Chunk;
import dev.auriga.completion.Citation;
import dev.auriga.completion.Citation.Passage;
import dev.auriga.completion.Part;
import java.util.ArrayList;
import java.util.List;

/// All the text of an answer and its parts, for dialects that count the passages of citations from
/// the start of it all, where the neutral vocabulary counts from the start of the part.
///
/// Everything is in code points. For one thread.
public final class CitedText {
  private final List<Citation> waiting = new ArrayList<>(0);
  private int start;
  private int end;

  /// More text of the part that is open.
  public void add(String text) {
    end += text.codePointCount(0, text.length());
  }

  /// The open part cites something, which [#endPart] will tell: how long the part is is known then.
  public void cite(Citation citation) {
    waiting.add(citation);
  }

  /// Ends the part that is open; its citations, each with its passage counted from the start.
  public List<Citation> endPart() {
    List<Citation> told = waiting.stream().map(this::fromStart).toList();
    waiting.clear();
    start = end;
    return told;
  }

  private Citation fromStart(Citation citation) {
    return switch (citation) {
      case Citation.Sourced sourced -> sourced.withPassage(passageOf(sourced).shifted(start));
      case Citation.Unknown unknown -> unknown;
    };
  }

  private Passage passageOf(Citation.Sourced citation) {
    Passage passage = citation.passage();
    return passage == null ? new Passage(0, end - start) : passage;
  }

  /// Whether the text part that was open ends with `chunk`.
  public static boolean endsText(Chunk chunk) {
    return switch (chunk) {
      case Chunk.ThinkingDelta _, Chunk.ThinkingSigned _, Chunk.RedactedThinking _,
          Chunk.ToolCallStarted _, Chunk.DeclinedDelta _, Chunk.PartEnded _, Chunk.Unknown _,
          Chunk.Stopped _ -> true;
      case Chunk.Started _, Chunk.TextDelta _, Chunk.Cited _, Chunk.ToolCallDelta _,
          Chunk.Counted _, Chunk.Failed _ -> false;
    };
  }

  /// Whether the part that is open has so far no text but what `citation` is of.
  public boolean isAll(Citation citation) {
    return !(citation instanceof Citation.Sourced sourced)
        || passageOf(sourced).equals(new Passage(0, end - start));
  }

  /// Whether a citation whose passage counts from the start belongs to the part that is open.
  public boolean isOpen(Citation citation) {
    return !(citation instanceof Citation.Sourced sourced)
        || sourced.passage() == null
        || sourced.passage().from() >= start;
  }

  /// A citation of the open part, whose passage counts from the start, as one that counts from the
  /// start of the part.
  public Citation fromPart(Citation citation) {
    return citation instanceof Citation.Sourced sourced && sourced.passage() != null
        ? sourced.withPassage(sourced.passage().shifted(-start))
        : citation;
  }

  /// `parts` with `citations`, whose passages count from the start of all text, each at the text it
  /// begins in; at the last one where it names no passage, or one behind the end.
  public static List<Part> cited(List<Part> parts, List<? extends Citation> citations) {
    List<Part> cited = new ArrayList<>(parts);
    for (Citation citation : citations) {
      int at = -1;
      int start = 0;
      CitedText text = new CitedText();
      for (int i = 0; i < cited.size(); i++) {
        if (cited.get(i) instanceof Part.Text said) {
          text.endPart();
          text.add(said.text());
          if (at < 0 || text.isOpen(citation)) {
            at = i;
            start = text.start;
          }
        }
      }
      if (at >= 0 && cited.get(at) instanceof Part.Text said) {
        List<Citation> all = new ArrayList<>(said.citations());
        text.start = start;
        all.add(text.fromPart(citation));
        cited.set(at, said.withCitations(all));
      }
    }
    return cited;
  }
}
