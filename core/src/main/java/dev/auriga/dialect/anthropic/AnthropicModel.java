// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.anthropic;

import dev.auriga.dialect.Target;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a Claude model takes and refuses, known by its name.
///
/// The name may stand inside another (`anthropic.claude-opus-4-6-v1`, a deployment called
/// `team-sonnet-4-5`). A name that tells nothing counts as the newest model at the vendor, because
/// newer models refuse more, and as a lenient one on a compatible server. `version` is 100 times
/// the major number plus the minor one, 405 for 4.5.
/// Source: Claude documentation, Troubleshooting thinking (thinking support by model), Effort, and
/// Structured outputs.
record AnthropicModel(Family family, int version) {
  enum Family { OPUS, SONNET, HAIKU, FABLE, MYTHOS, OTHER }

  private static final AnthropicModel NEWEST = new AnthropicModel(Family.OTHER, Integer.MAX_VALUE);
  private static final AnthropicModel LENIENT = new AnthropicModel(Family.OTHER, 400);

  /// `claude-3-7-sonnet-20250219`: the number before the family.
  private static final Pattern OLD = Pattern.compile("claude-(\\d)(?:[-.](\\d))?-(opus|sonnet|haiku)");
  /// `claude-sonnet-4-5-20250929`: behind it; a longer number is a date.
  private static final Pattern NEW =
      Pattern.compile(
          "(opus|sonnet|haiku|fable|mythos)(?:[-.](\\d{1,2})(?!\\d)(?:[-.](\\d{1,2})(?!\\d))?)?");

  static AnthropicModel named(Target target) {
    String name = target.model().toLowerCase(Locale.ROOT);
    Matcher old = OLD.matcher(name);
    if (old.find()) {
      return of(old.group(3), old.group(1), old.group(2));
    }
    Matcher recent = NEW.matcher(name);
    if (recent.find()) {
      return of(recent.group(1), recent.group(2), recent.group(3));
    }
    return target.host() == Target.Host.VENDOR ? NEWEST : LENIENT;
  }

  private static AnthropicModel of(
      String family, @Nullable String major, @Nullable String minor) {
    int version =
        major == null
            ? Integer.MAX_VALUE
            : 100 * Integer.parseInt(major) + (minor == null ? 0 : Integer.parseInt(minor));
    return new AnthropicModel(Family.valueOf(family.toUpperCase(Locale.ROOT)), version);
  }

  boolean thinks() {
    return version >= 307;
  }

  /// Thinking as `adaptive`; before, it was `enabled` with a budget.
  boolean thinksAdaptively() {
    return version >= 406;
  }

  boolean alwaysThinks() {
    return family == Family.FABLE
        || family == Family.MYTHOS
        || version >= 505
        || (family == Family.HAIKU && thinksAdaptively());
  }

  boolean takesEffort() {
    return thinksAdaptively() || (family == Family.OPUS && version == 405);
  }

  /// Whether the model takes the effort `level`; `max` is older than `xhigh`.
  boolean takesEffort(String level) {
    return switch (level) {
      case "low", "medium", "high" -> takesEffort();
      case "max" -> family != Family.HAIKU && thinksAdaptively();
      case "xhigh" ->
          switch (family) {
            case OPUS -> version >= 407;
            case SONNET -> version >= 500;
            case FABLE, MYTHOS, OTHER -> thinksAdaptively();
            case HAIKU -> false;
          };
      default -> false;
    };
  }

  boolean refusesForcedTools() {
    return version >= 505 || ((family == Family.FABLE || family == Family.MYTHOS) && version > 500);
  }

  boolean refusesForcedToolsWhileThinking() {
    return !thinksAdaptively();
  }

  /// Only `temperature` 1 and `top_p` from 0.99 are taken, and no `top_k`.
  boolean refusesSampling() {
    return version > 406;
  }

  /// `temperature` or `top_p`, not both.
  boolean takesOneSamplingValue() {
    return family != Family.OTHER && version >= 401;
  }

  /// A last message of the assistant's is refused.
  boolean refusesPrefill() {
    return version >= 406;
  }

  /// Strict tools and `output_config.format`.
  boolean takesSchemas() {
    return family == Family.OTHER || version >= 405 || (family == Family.OPUS && version == 401);
  }
}
