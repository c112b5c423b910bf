// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.List;
import java.util.Locale;

/// Something a translation could not carry: why, and which field it was in.
///
/// `field` is a name of the neutral vocabulary with indexes from 0. In a request: `messages[3]`,
/// `messages[3].name`, `messages[3].content[0]` (a part) and below it `.cache`, `.detail`, `.title`,
/// `.signature`, `.arguments` or, in a tool result, `.content[1]`; `tools[1]` with `.name`,
/// `.strict`, `.cache`, `.parameters.…`; `toolChoice`, `parallelToolCalls`, `maxTokens`,
/// `temperature`, `topP`, `topK`, `seed`, `frequencyPenalty`, `presencePenalty`,
/// `stopSequences[2]`, `thinking`, `format`, `format.schema.…`, `user`, `logprobs`. In a reply: `content[0]` (in a
/// streamed one `content`, whichever part it was) and below it as above, `.logprobs`,
/// `.logprobs.bytes`, `.citations` and of these, each once, `.quote`, `.place`, `.passage`, `.index`,
/// `.token`, `.file`; `stop`, `stopSequence`, `usage.cacheWrite1h`. A field the neutral vocabulary has
/// no word for bears the path it has in its sender's own dialect (`logit_bias`,
/// `generationConfig.candidateCount`, `choices[0].message.audio`).
///
/// Told as `reason:field`, in the header `x-auriga-loss` and in records. A field longer than 200
/// characters, which only a client or a provider can have named, ends in `…`.
public record Loss(Reason reason, String field) {
  private static final int LONGEST_FIELD = 200;
  /// What `, +2147483647 more` takes.
  private static final int LONGEST_END = 18;

  public Loss {
    if (field.length() > LONGEST_FIELD) {
      boolean splitsPair = Character.isHighSurrogate(field.charAt(LONGEST_FIELD - 2));
      field = field.substring(0, LONGEST_FIELD - (splitsPair ? 2 : 1)) + "…";
    }
  }

  /// `losses` on one line, each once and separated by commas, in `room` characters at the most but for
  /// the first; how many do not fit, together with `more` that are not among them, stands at the end.
  public static String line(List<Loss> losses, int more, int room) {
    List<String> all = losses.stream().map(Loss::toString).distinct().toList();
    StringBuilder line = new StringBuilder();
    int told = 0;
    while (told < all.size()
        && (told == 0 || line.length() + 2 + all.get(told).length() <= room - LONGEST_END)) {
      line.append(told == 0 ? "" : ", ").append(all.get(told++));
    }
    int left = all.size() - told + more;
    return (left == 0 ? line : line.append(", +").append(left).append(" more")).toString();
  }

  /// Why something was lost. The set is closed and the tokens are stable: clients may match them.
  public enum Reason {
    /// The other dialect has no such field; it was left out.
    UNSUPPORTED_FIELD,
    /// The other dialect has the field but not this value; it was left out.
    UNSUPPORTED_VALUE,
    /// The dialect could say it, but this model refuses it; it was left out.
    UNSUPPORTED_BY_MODEL,
    /// The model takes either of two things but not both together; this one was left out.
    UNSUPPORTED_COMBINATION,
    /// A message has no place for a part of this kind or media type there; it was left out.
    UNSUPPORTED_PART,
    /// A field only the sender's own dialect knows was left out.
    FOREIGN_FIELD,
    /// A part only the sender's own dialect knows was left out.
    FOREIGN_PART,
    /// A tool only one dialect's providers run, or the wish to have it called, was left out.
    FOREIGN_TOOL,
    /// A signature or encrypted thinking belongs to another provider and was left out.
    FOREIGN_SIGNATURE,
    /// A provider refused the signatures and encrypted thinking it was sent, and was asked again without.
    REFUSED_SIGNATURE,
    /// A router refused to be told how to choose, as the configuration says it is to, and chose by itself.
    REFUSED_CONTROL,
    /// Thinking without a signature, which only signed thinking may go back as, was left out.
    UNSIGNED_THINKING,
    /// Encrypted thinking without what followed it, which is refused alone, was left out.
    ORPHAN_THINKING,
    /// A signature the model demands was missing, and a stand-in was sent.
    SUBSTITUTED_SIGNATURE,
    /// Thinking was switched off for this request, because the model cannot go on from this history
    /// or within this limit.
    THINKING_OFF,
    /// A value or a number of values was brought into the range that is taken.
    CLAMPED,
    /// It was said by the nearest thing there is, which does not mean quite the same.
    APPROXIMATED,
    /// An instruction within the conversation was sent as marked text of the user.
    CHANGED_ROLE,
    /// A turn had nothing to say to the other side and was left out.
    EMPTY_CONTENT,
    /// The answer was to go on from the assistant's last words; they are history there.
    UNSUPPORTED_PREFILL,
    /// White space at the end was taken off.
    TRIMMED,
    /// A first turn of the user's was made up, because a conversation must begin with one.
    SYNTHESISED_TURN,
    /// A tool call has no result, and one was made up that says so.
    ORPHAN_CALL,
    /// A tool result has no call and was left out.
    ORPHAN_RESULT,
    /// Arguments that are no JSON object were wrapped in one.
    WRAPPED_ARGUMENTS,
    /// A key that would be misread was given another name.
    RENAMED_KEY,
    /// A keyword of a JSON Schema has no form there; the schema is laxer without it.
    SCHEMA_KEYWORD;

    private final String token = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /// The stable, kebab-case name.
    public String token() {
      return token;
    }
  }

  @Override
  public String toString() {
    return reason.token() + ":" + field;
  }
}
