// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import dev.auriga.completion.RawJson;
import dev.auriga.consensus.Verdict.Agreed;
import dev.auriga.consensus.Verdict.Disagreed;
import dev.auriga.dialect.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A verdict as the JSON that clients are told beside the answer.
public final class VerdictJson {
  private static final int DIGITS = 4;

  private final ObjectNode json;

  private VerdictJson(ObjectNode json) {
    this.json = json;
  }

  /// Every answer is in it, whatever the outcome.
  public static VerdictJson of(Verdict verdict) {
    ObjectNode json = Json.object();
    switch (verdict) {
      case Agreed _ -> json.put("verdict", "agreed");
      case Disagreed disagreed -> json.put("verdict", "disagreed").put("note", disagreed.note());
    }
    tally(verdict.tally(), json);
    ArrayNode groups = json.putArray("groups");
    verdict.groups().forEach(group -> group(group, groups.addObject()));
    if (verdict instanceof Disagreed disagreed) {
      ArrayNode differences = json.putArray("differences");
      disagreed.differences().forEach(each -> difference(each, differences.addObject()));
    }
    ArrayNode aside = json.putArray("aside");
    for (Verdict.Aside each : verdict.aside()) {
      voice(each.voice(), aside.addObject()).put("why", each.why().name().toLowerCase(Locale.ROOT));
    }
    ArrayNode absent = json.putArray("absent");
    for (Verdict.Absent each : verdict.absent()) {
      absent.addObject().put("member", each.member()).put("why", each.reason());
    }
    return new VerdictJson(json);
  }

  /// Says what a judge found best, and whether it did so in either order.
  public VerdictJson judged(String chosen, boolean consistent) {
    json.putObject("judgement").put("chosen", chosen).put("consistent", consistent);
    return this;
  }

  /// Says of how many answers one was written.
  public VerdictJson fused(int of) {
    json.putObject("fusion").put("of", of);
    return this;
  }

  /// Says why all answers are told.
  public VerdictJson noting(String note) {
    json.put("note", note);
    return this;
  }

  public RawJson raw() {
    return Json.raw(json);
  }

  private static void tally(Tally tally, ObjectNode json) {
    json.put("agreement", share(tally.agreement()))
        .put("confidence", share(tally.confidence()))
        .put("asked", tally.asked())
        .put("valid", tally.valid())
        .put("quorum", tally.quorum())
        .put("pairwise", share(tally.pairwise()))
        .put("kind", tally.kind());
  }

  private static BigDecimal share(double share) {
    return BigDecimal.valueOf(share).setScale(DIGITS, RoundingMode.HALF_EVEN).stripTrailingZeros();
  }

  private static void group(Verdict.Group group, ObjectNode json) {
    json.put("share", share(group.share()));
    ArrayNode voices = json.putArray("voices");
    group.voices().forEach(voice -> voice(voice, voices.addObject()));
  }

  private static ObjectNode voice(Verdict.Voice voice, ObjectNode json) {
    return json.put("member", voice.member()).put("answer", voice.answer());
  }

  private static void difference(Difference difference, ObjectNode json) {
    json.put("aspect", difference.aspect().token())
        .put("member", difference.member())
        .put("says", difference.says())
        .put("other", difference.otherMember())
        .put("other-says", difference.otherSays());
  }
}
