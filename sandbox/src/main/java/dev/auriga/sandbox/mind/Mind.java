// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import dev.auriga.sandbox.mind.Thought.Stop;
import dev.auriga.sandbox.mind.Thought.ToolCall;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Thinks for the simulated models: the same model, question and seed give the same [Thought]. Sums
/// and multiple-choice questions are right as often as the model's accuracy says.
public final class Mind {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final long seed;

  public Mind(long seed) {
    this.seed = seed;
  }

  /// The seed all answers depend on.
  public long seed() {
    return seed;
  }

  /// What the model answers.
  public Thought think(ModelCard card, Question question) {
    Dice dice = Dice.of(seed, card.name(), question.text(), question.salt());
    boolean right = dice.chance(card.accuracy());
    List<ToolCall> calls = ToolUse.calls(question, dice);
    String text =
        switch (question.form()) {
          case Form.Prose _ when calls.isEmpty() -> prose(card, question, right, dice);
          case Form.Prose _ -> "";
          case Form.JsonObject _ when calls.isEmpty() -> object(question, right, dice).toString();
          case Form.JsonObject _ -> "";
          case Form.Conforming(JsonNode schema) when calls.isEmpty() ->
              conforming(schema, question, right, dice).toString();
          case Form.Conforming _ -> "";
        };
    String reasoning = reasoning(question, dice);
    return limited(reasoning, text, calls, question.limits());
  }

  private static String reasoning(Question question, Dice dice) {
    int wanted = question.limits().reasoningTokens();
    if (wanted == 0) {
      return "";
    }
    StringBuilder reasoning = new StringBuilder("Let me see what is asked.");
    Arithmetic.solve(question.text())
        .ifPresent(
            result ->
                reasoning.append(" There is a sum in it that can be worked out step by step."));
    while (Tokens.count(reasoning.toString()) < wanted) {
      reasoning.append(' ').append(Words.sentences(question.text(), 1, dice).getFirst());
    }
    return Tokens.first(reasoning.toString(), wanted);
  }

  private static String prose(ModelCard card, Question question, boolean right, Dice dice) {
    StringBuilder text = new StringBuilder();
    if (question.images() > 0) {
      text.append("I see ")
          .append(question.images())
          .append(question.images() == 1 ? " image. " : " images. ");
    }
    if (!question.results().isEmpty()) {
      return text + "Based on the tool results: " + String.join("; ", question.results());
    }
    Steps steps = Steps.read(question.text());
    if (!steps.calls().isEmpty()) {
      return text + "There is no tool " + steps.calls().getFirst().name() + " that I may call.";
    }
    Optional<String> known = known(question.text(), right, dice);
    Style style = card.style();
    if (!style.preamble().isEmpty()) {
      text.append(style.preamble()).append(style.markdown() ? "\n\n" : " ");
    }
    if (known.isPresent()) {
      return text.append("The answer is ").append(bold(known.get(), style)).append('.').toString();
    }
    List<String> sentences = Words.sentences(question.text(), style.sentences(), dice);
    if (!style.markdown()) {
      return text.append(String.join(" ", sentences)).toString();
    }
    text.append(sentences.getFirst()).append('\n');
    sentences.stream().skip(1).forEach(sentence -> text.append("\n- ").append(sentence));
    return text.toString();
  }

  private static String bold(String answer, Style style) {
    return style.markdown() ? "**" + answer + "**" : answer;
  }

  /// The model's answer to a question that has one: a letter with its option, or a number.
  private static Optional<String> known(String text, boolean right, Dice dice) {
    Optional<MultipleChoice> choice = MultipleChoice.read(text);
    if (choice.isPresent()) {
      int options = choice.get().options().size();
      int picked =
          right
              ? choice.get().right()
              : (choice.get().right() + 1 + dice.below(options - 1)) % options;
      MultipleChoice.Option option = choice.get().options().get(picked);
      return Optional.of(option.letter() + ") " + option.text());
    }
    return Arithmetic.solve(text)
        .map(result -> right ? result : result.add(BigDecimal.valueOf(1 + dice.below(9))))
        .map(Arithmetic::written);
  }

  private static JsonNode object(Question question, boolean right, Dice dice) {
    String answer = known(question.text(), right, dice).orElseGet(() -> gist(question, dice));
    return JsonNodeFactory.instance.objectNode().put("answer", answer);
  }

  private static JsonNode conforming(JsonNode schema, Question question, boolean right, Dice dice) {
    String answer = known(question.text(), right, dice).orElseGet(() -> gist(question, dice));
    var facts =
        new SchemaExample.Facts(
            Words.names(question.text()), Words.telling(question.text()), answer);
    return JSON.readTree(new SchemaExample(schema, facts, dice).make().toString());
  }

  private static String gist(Question question, Dice dice) {
    return question.results().isEmpty()
        ? Words.sentences(question.text(), 1, dice).getFirst()
        : String.join("; ", question.results());
  }

  private static Thought limited(
      String reasoning, String text, List<ToolCall> calls, Question.Limits limits) {
    if (Tokens.count(reasoning) >= limits.maxTokens()) {
      return new Thought(
          Tokens.first(reasoning, limits.maxTokens()), "", List.of(), Stop.LENGTH, null);
    }
    String stopped = null;
    String shown = text;
    for (String stop : limits.stops()) {
      int found = stop.isEmpty() ? -1 : text.indexOf(stop);
      if (found >= 0 && found < shown.length()) {
        shown = text.substring(0, found);
        stopped = stop;
      }
    }
    int left = limits.maxTokens() - Tokens.count(reasoning);
    if (Tokens.count(shown) > left) {
      return new Thought(reasoning, Tokens.first(shown, left), List.of(), Stop.LENGTH, null);
    }
    Thought whole = new Thought(reasoning, shown, calls, ending(stopped, calls), stopped);
    return whole.visibleTokens() > left
        ? new Thought(reasoning, shown, List.of(), Stop.LENGTH, null)
        : whole;
  }

  private static Stop ending(@Nullable String stopSequence, List<ToolCall> calls) {
    if (!calls.isEmpty()) {
      return Stop.TOOLS;
    }
    return stopSequence == null ? Stop.DONE : Stop.STOP_SEQUENCE;
  }
}
