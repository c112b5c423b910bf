// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.capability.Capabilities;
import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.Sampling;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings a request into what a model takes: the rule for each capability, whichever dialect says it.
///
/// What the dialect has no field for goes as `unsupported-field`, what it could say but the model
/// refuses as `unsupported-by-model`, so that a writer finds only what it can write. A value that is
/// what every model does unasked is no loss.
public final class Fitting {
  /// What only some dialects have a field for.
  public enum Field {
    TOP_K,
    SEED,
    PENALTIES,
    STOPS,
    /// Stop sequences of white space alone.
    BLANK_STOPS,
    PARALLEL,
    STRICT,
    /// A dialect without them promises nothing in their place: the request is refused there.
    LOGPROBS
  }

  /// From here on `top_p` is as good as unsaid: models without sampling take it so (Claude
  /// documentation, Models overview).
  private static final double USUAL_TOP_P = 0.99;
  private static final double USUAL_TEMPERATURE = 1.0;
  private static final double MOST_PENALTY = 2.0;

  private final Capabilities model;
  private final Collection<Loss> losses;

  private Fitting(Capabilities model, Collection<Loss> losses) {
    this.model = model;
    this.losses = losses;
  }

  /// `request`, without its tools where the `model` takes none; each is then a loss.
  public static CompletionRequest tools(
      CompletionRequest request, Capabilities model, Collection<Loss> losses) {
    if (model.tools().taken() || request.tools().isEmpty()) {
      return request;
    }
    for (int i = 0; i < request.tools().size(); i++) {
      losses.add(new Loss(Reason.UNSUPPORTED_BY_MODEL, "tools[%d]".formatted(i)));
    }
    return request.toBuilder()
        .tools(List.of())
        .toolChoice(new ToolChoice.Auto())
        .parallelToolCalls(null)
        .build();
  }

  /// `request` as the `model` takes it when it thinks or not, and as a dialect with those `fields`
  /// can say it.
  public static CompletionRequest rest(
      CompletionRequest request,
      Capabilities model,
      boolean thinks,
      Set<Field> fields,
      Collection<Loss> losses) {
    Fitting fitting = new Fitting(model, losses);
    return request.toBuilder()
        .tools(fitting.strict(request.tools(), fields))
        .toolChoice(fitting.choice(request.toolChoice(), thinks))
        .parallelToolCalls(fitting.parallel(request, fields))
        .sampling(fitting.sampling(request.sampling(), thinks, fields))
        .stopSequences(fitting.stops(request.stopSequences(), thinks, fields))
        .format(fitting.format(request))
        .logprobs(fitting.logprobs(request.logprobs(), thinks, fields))
        .build();
  }

  private List<Tool> strict(List<Tool> tools, Set<Field> fields) {
    List<Tool> fitting = new ArrayList<>(tools.size());
    for (int i = 0; i < tools.size(); i++) {
      Tool tool = tools.get(i);
      if (tool instanceof Tool.Function(var name, var description, var parameters, var strict, var cache)
          && Boolean.TRUE.equals(strict)
          && !isTaken(Field.STRICT, model.tools().strict(), fields, "tools[%d].strict".formatted(i))) {
        tool = new Tool.Function(name, description, parameters, null, cache);
      }
      fitting.add(tool);
    }
    return fitting;
  }

  private ToolChoice choice(ToolChoice wish, boolean thinks) {
    boolean forces = wish instanceof ToolChoice.Required || wish instanceof ToolChoice.Named;
    if (forces && !model.tools().forced().holds(thinks)) {
      lost(Reason.UNSUPPORTED_BY_MODEL, "toolChoice");
      return new ToolChoice.Auto();
    }
    return wish;
  }

  /// Calls one beside another are what models do unasked.
  private @Nullable Boolean parallel(CompletionRequest request, Set<Field> fields) {
    Boolean wish = request.parallelToolCalls();
    if (wish == null || request.tools().isEmpty()) {
      return null;
    }
    if (wish) {
      return (fields.contains(Field.PARALLEL) && model.tools().parallel()) ? true : null;
    }
    return isTaken(Field.PARALLEL, model.tools().parallel(), fields, "parallelToolCalls") ? false : null;
  }

  private Sampling sampling(Sampling wish, boolean thinks, Set<Field> fields) {
    Capabilities.Sampling takes = model.sampling();
    boolean taken = takes.taken().holds(thinks);
    boolean penalties = takes.penalties().holds(thinks);
    Double temperature = wish.temperature();
    if (temperature != null && !taken) {
      lost(temperature != USUAL_TEMPERATURE, Reason.UNSUPPORTED_BY_MODEL, "temperature");
      temperature = null;
    }
    Integer topK = wish.topK();
    Long seed = wish.seed();
    return new Sampling(
        clamped(temperature, 0, takes.highestTemperature(), "temperature"),
        topP(wish.topP(), taken, temperature != null),
        topK != null && isTaken(Field.TOP_K, taken && takes.topK(), fields, "topK") ? topK : null,
        seed != null && isTaken(Field.SEED, true, fields, "seed") ? seed : null,
        penalty(wish.frequencyPenalty(), penalties, fields, "frequencyPenalty"),
        penalty(wish.presencePenalty(), penalties, fields, "presencePenalty"));
  }

  private @Nullable Double topP(@Nullable Double wish, boolean taken, boolean besideTemperature) {
    if (wish == null || (taken && (!besideTemperature || model.sampling().together()))) {
      return clamped(wish, 0, 1, "topP");
    }
    lost(
        wish < USUAL_TOP_P,
        taken ? Reason.UNSUPPORTED_COMBINATION : Reason.UNSUPPORTED_BY_MODEL,
        "topP");
    return null;
  }

  private @Nullable Double penalty(
      @Nullable Double wish, boolean taken, Set<Field> fields, String field) {
    if (wish == null || (wish == 0 && !(taken && fields.contains(Field.PENALTIES)))) {
      return null;
    }
    return isTaken(Field.PENALTIES, taken, fields, field)
        ? clamped(wish, -MOST_PENALTY, MOST_PENALTY, field)
        : null;
  }

  private @Nullable Double clamped(@Nullable Double wish, double least, double most, String field) {
    if (wish == null) {
      return null;
    }
    double fitting = Math.clamp(wish, least, most);
    lost(fitting != wish, Reason.CLAMPED, field);
    return fitting;
  }

  private List<String> stops(List<String> wish, boolean thinks, Set<Field> fields) {
    boolean taken = model.stops().taken().holds(thinks);
    if (wish.isEmpty() || !isTaken(Field.STOPS, taken, fields, "stopSequences")) {
      return List.of();
    }
    Integer said = model.stops().most();
    int most = said == null ? wish.size() : said;
    List<String> fitting = new ArrayList<>();
    for (int i = 0; i < wish.size(); i++) {
      String at = "stopSequences[%d]".formatted(i);
      if (wish.get(i).isBlank() && !fields.contains(Field.BLANK_STOPS)) {
        lost(Reason.UNSUPPORTED_VALUE, at);
      } else if (fitting.size() == most) {
        lost(Reason.CLAMPED, at);
      } else {
        fitting.add(wish.get(i));
      }
    }
    return fitting;
  }

  private @Nullable Integer logprobs(@Nullable Integer wish, boolean thinks, Set<Field> fields) {
    if (wish == null || !fields.contains(Field.LOGPROBS) || model.sampling().logprobs().holds(thinks)) {
      return wish;
    }
    lost(Reason.UNSUPPORTED_BY_MODEL, "logprobs");
    return null;
  }

  private AnswerFormat format(CompletionRequest request) {
    AnswerFormat wish = request.format();
    boolean taken =
        switch (wish) {
          case AnswerFormat.Text _ -> true;
          case AnswerFormat.JsonObject _ -> model.formats().jsonObject();
          case AnswerFormat.JsonSchema _ -> model.formats().schema();
        };
    boolean collides =
        !(wish instanceof AnswerFormat.Text)
            && !model.formats().besideTools()
            && request.tools().stream().anyMatch(Tool.Function.class::isInstance);
    if (taken && !collides) {
      return wish;
    }
    lost(taken ? Reason.UNSUPPORTED_COMBINATION : Reason.UNSUPPORTED_BY_MODEL, "format");
    return new AnswerFormat.Text();
  }

  /// Whether `what` can be said and is taken; else it is a loss.
  private boolean isTaken(Field what, boolean byModel, Set<Field> fields, String field) {
    boolean said = fields.contains(what);
    if (!said || !byModel) {
      lost(said ? Reason.UNSUPPORTED_BY_MODEL : Reason.UNSUPPORTED_FIELD, field);
    }
    return said && byModel;
  }

  private void lost(boolean isLost, Reason reason, String field) {
    if (isLost) {
      lost(reason, field);
    }
  }

  private void lost(Reason reason, String field) {
    losses.add(new Loss(reason, field));
  }
}
