// SPDX-License-Identifier: Apache-2.0
package dev.auriga.capability;

import dev.auriga.completion.Modality;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a model takes and refuses at one deployment.
///
/// @param modalities what can be put in beside text, absent where nobody knows
/// @param prefill whether the last message may be the beginning of the answer
/// @param responsesOnly whether it is called over the Responses API only
public record Capabilities(
    @Nullable Set<Modality> modalities,
    Tools tools,
    Sampling sampling,
    Stops stops,
    Reasoning reasoning,
    Formats formats,
    boolean prefill,
    boolean responsesOnly,
    Window window,
    Origin origin) {

  /// @param taken whether it takes any
  /// @param parallel whether it can be told to call one at a time
  /// @param forced whether it can be made to call one
  /// @param strict whether arguments can be made to fit their schema
  /// @param signedCalls whether a call in the history must carry the signature it came with
  /// @param mediaInResults whether a result may hold images and the like
  /// @param callIdLength how many letters and digits the id of a call must have, absent where the
  ///     dialect's rule is all
  public record Tools(
      boolean taken,
      boolean parallel,
      When forced,
      boolean strict,
      boolean signedCalls,
      boolean mediaInResults,
      @Nullable Integer callIdLength) {}

  /// @param taken `temperature`, `top_p` and `top_k`
  /// @param together whether `temperature` and `top_p` may be said together
  /// @param penalties `frequency_penalty` and `presence_penalty`
  /// @param logprobs `logprobs`, `top_logprobs` and `logit_bias`
  public record Sampling(
      When taken,
      double highestTemperature,
      boolean together,
      boolean topK,
      When penalties,
      When logprobs) {}

  /// Stop sequences.
  ///
  /// @param most how many are taken, absent where there is no limit
  public record Stops(When taken, @Nullable Integer most) {}

  /// How a model is told to think.
  public enum Mode {
    /// Nobody knows; what the client said is sent.
    UNKNOWN,
    /// It does not think.
    NONE,
    /// By a budget of tokens.
    BUDGET,
    /// As it sees fit, steered by an effort where it takes one.
    ADAPTIVE,
    /// By an effort.
    EFFORT
  }

  /// @param alwaysOn whether thinking cannot be turned off
  /// @param leastBudget tokens, the least above 0
  /// @param mostBudget tokens, absent where there is no limit
  /// @param efforts from little to much, empty where it takes none
  /// @param defaultEffort where nothing is said, absent where nobody knows
  /// @param responsesForTools whether it takes tools while it thinks over the Responses API only
  public record Reasoning(
      Mode mode,
      boolean alwaysOn,
      int leastBudget,
      @Nullable Integer mostBudget,
      List<String> efforts,
      @Nullable String defaultEffort,
      boolean responsesForTools) {
    /// Every effort there is, from little to much.
    public static final List<String> EFFORTS =
        List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

    public Reasoning {
      efforts = List.copyOf(efforts);
    }

    /// Whether it thinks where nothing is said of it.
    public boolean thinksUnasked() {
      return switch (mode) {
        case NONE, UNKNOWN -> false;
        case BUDGET, ADAPTIVE, EFFORT -> alwaysOn || !"none".equals(defaultEffort);
      };
    }

    /// `budget` brought into the limits, the upper one counting where they contradict each other.
    public int clamp(int budget) {
      int most = mostBudget == null ? Integer.MAX_VALUE : mostBudget;
      return Math.min(most, Math.max(leastBudget, budget));
    }

    /// The effort nearest to `wish` that the model takes, the lesser of two, but `none` only where
    /// none was wished and thinking can be turned off; `wish` itself where it is no effort that is
    /// known here.
    public String nearest(String wish) {
      int wished = EFFORTS.indexOf(wish);
      if (wished < 0 || efforts.isEmpty()) {
        return wish;
      }
      boolean mayBeNone = wish.equals("none") && !alwaysOn;
      List<String> fitting =
          efforts.stream().filter(effort -> mayBeNone || !effort.equals("none")).toList();
      if (fitting.isEmpty()) {
        return wish;
      }
      String nearest = fitting.getFirst();
      for (String effort : fitting) {
        if (distance(effort, wished) < distance(nearest, wished)) {
          nearest = effort;
        }
      }
      return nearest;
    }

    private static int distance(String effort, int wished) {
      return Math.abs(EFFORTS.indexOf(effort) - wished);
    }
  }

  /// The form an answer can be given.
  ///
  /// @param schema whether it can be made to fit a JSON Schema
  /// @param jsonObject whether it can be made a JSON object of any kind
  /// @param besideTools whether that goes on a request with tools
  /// @param wholeSchemas whether schemas are taken as they are; else a subset of JSON Schema
  public record Formats(
      boolean schema, boolean jsonObject, boolean besideTools, boolean wholeSchemas) {}

  /// Limits in tokens, absent where nobody knows them.
  ///
  /// @param context input and output together, or input alone where the vendor counts them apart
  /// @param output one answer, thinking among it
  public record Window(@Nullable Integer context, @Nullable Integer output) {

    /// `tokens` of output, or the limit where that is less.
    public int clampOutput(int tokens) {
      return output == null ? tokens : Math.min(tokens, output);
    }
  }

  /// Where the facts are from.
  ///
  /// @param version the data's version and the entry, as in `2026-11-05/gpt-4o`
  /// @param source whose word it is
  /// @param isKnown whether the data has an entry for the model; else this is what is assumed of
  ///     models that nobody knows
  public record Origin(String version, String source, boolean isKnown) {

    /// The version of the data alone, as in `2026-11-05`.
    public String data() {
      int slash = version.indexOf('/');
      return slash < 0 ? version : version.substring(0, slash);
    }
  }

  /// Throws [IllegalStateException] when `facts` are silent on what must be known.
  static Capabilities of(Facts facts, Origin origin) {
    Required known = new Required(facts, origin);
    return new Capabilities(
        facts.get(Fact.MODALITIES),
        new Tools(
            known.of(Fact.TOOLS),
            known.of(Fact.PARALLEL_TOOLS),
            known.of(Fact.FORCED_TOOLS),
            known.of(Fact.STRICT_TOOLS),
            known.of(Fact.SIGNED_CALLS),
            known.of(Fact.MEDIA_IN_RESULTS),
            facts.get(Fact.CALL_ID_LENGTH)),
        new Sampling(
            known.of(Fact.SAMPLING),
            known.of(Fact.HIGHEST_TEMPERATURE),
            known.of(Fact.TEMPERATURE_WITH_TOP_P),
            known.of(Fact.TOP_K),
            known.of(Fact.PENALTIES),
            known.of(Fact.LOGPROBS)),
        new Stops(known.of(Fact.STOP_SEQUENCES), facts.get(Fact.MOST_STOP_SEQUENCES)),
        new Reasoning(
            known.of(Fact.THINKING),
            known.of(Fact.ALWAYS_THINKS),
            known.of(Fact.LEAST_THINKING_BUDGET),
            facts.get(Fact.MOST_THINKING_BUDGET),
            known.of(Fact.EFFORTS),
            facts.get(Fact.DEFAULT_EFFORT),
            known.of(Fact.RESPONSES_FOR_TOOLS)),
        new Formats(
            known.of(Fact.SCHEMAS),
            known.of(Fact.JSON_OBJECTS),
            known.of(Fact.FORMAT_BESIDE_TOOLS),
            known.of(Fact.WHOLE_SCHEMAS)),
        known.of(Fact.PREFILL),
        known.of(Fact.RESPONSES_ONLY),
        new Window(facts.get(Fact.CONTEXT), facts.get(Fact.OUTPUT)),
        origin);
  }

  private record Required(Facts facts, Origin origin) {
    <T> T of(Fact<T> fact) {
      T value = facts.get(fact);
      if (value == null) {
        throw new IllegalStateException("%s does not say \"%s\"".formatted(origin.version(), fact));
      }
      return value;
    }
  }
}
