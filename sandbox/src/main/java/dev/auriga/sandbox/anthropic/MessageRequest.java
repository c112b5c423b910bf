// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.anthropic;

import dev.auriga.sandbox.anthropic.PromptCache.Block;
import dev.auriga.sandbox.mind.Ability;
import dev.auriga.sandbox.mind.Form;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.Offer;
import dev.auriga.sandbox.mind.Question;
import dev.auriga.sandbox.mind.Tokens;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Seal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A checked message request: what is asked, how the thinking is shown, and the prompt in blocks.
record MessageRequest(Question question, boolean showThinking, List<Block> prompt, boolean stream) {
  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "max_tokens",
          "messages",
          "system",
          "stream",
          "stop_sequences",
          "temperature",
          "top_p",
          "top_k",
          "tools",
          "tool_choice",
          "thinking",
          "output_config",
          "metadata",
          "service_tier",
          "cache_control",
          "inference_geo");
  private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "xhigh", "max");
  private static final int MOST_MARKS = 4;

  MessageRequest {
    prompt = List.copyOf(prompt);
  }

  /// Reads a body whose model is known.
  static MessageRequest read(
      Fields body, ModelCard card, boolean foundry, Seal seal, AnthropicErrors errors) {
    body.allow(FIELDS);
    if (body.has("inference_geo") && (foundry || card.can(Ability.THINKING_BUDGET))) {
      throw errors.invalid(
          foundry
              ? "inference_geo: Extra inputs are not permitted"
              : "inference_geo: this parameter is not supported for this model");
    }
    long maxTokens = maxTokens(body, card, errors);
    small(body, errors);
    Blocks blocks = new Blocks(errors, seal);
    List<Fields> system = blocks.ofSystem(body);
    Turns turns = Turns.read(body, blocks, errors);
    Thinking thinking = Thinking.read(body, card, maxTokens, errors);
    boolean askedToThink = thinking.on() && body.has("thinking");
    new Sampling(errors).check(body, card, askedToThink);
    Offer offer = new ToolRules(errors).read(body, card, askedToThink);
    if (turns.endsWithAssistant() && (askedToThink || !card.can(Ability.PREFILL))) {
      throw errors.invalid(
          "This model does not support assistant message prefill. The conversation must end with a "
              + "user message.");
    }
    List<Block> prompt = prompt(body, system, turns, errors);
    long tokens = prompt.stream().mapToLong(Block::tokens).sum();
    if (tokens > card.contextTokens()) {
      throw errors.invalid(
          "prompt is too long: " + tokens + " tokens > " + card.contextTokens() + " maximum");
    }
    Question.Limits limits =
        new Question.Limits(
            (int) maxTokens, reasons(thinking, turns), body.optionalTexts("stop_sequences"));
    return new MessageRequest(
        asked(turns, offer, form(body, card, errors), limits),
        thinking.shown(),
        prompt,
        body.flag("stream"));
  }

  private static long maxTokens(Fields body, ModelCard card, AnthropicErrors errors) {
    long maxTokens = body.integer("max_tokens");
    if (maxTokens < 0) {
      throw errors.invalid("max_tokens: Input should be greater than or equal to 0");
    }
    if (maxTokens > card.maxOutputTokens()) {
      throw errors.invalid(
          "max_tokens: "
              + maxTokens
              + " > "
              + card.maxOutputTokens()
              + ", which is the maximum allowed number of output tokens for "
              + card.answersAs());
    }
    return maxTokens;
  }

  private static void small(Fields body, AnthropicErrors errors) {
    Fields metadata = body.optionalObject("metadata");
    if (metadata != null) {
      metadata.allow(Set.of("user_id")).optionalText("user_id");
    }
    @Nullable String tier = body.optionalText("service_tier");
    if (tier != null && !Set.of("auto", "standard_only").contains(tier)) {
      throw errors.invalid("service_tier: Input should be 'auto' or 'standard_only'");
    }
    for (String stop : body.optionalTexts("stop_sequences")) {
      if (stop.isBlank()) {
        throw errors.invalid("stop_sequences: each stop sequence must contain non-whitespace");
      }
    }
  }

  private static Form form(Fields body, ModelCard card, AnthropicErrors errors) {
    Fields output = body.optionalObject("output_config");
    if (output == null) {
      return new Form.Prose();
    }
    output.allow(Set.of("effort", "format"));
    @Nullable String effort = output.optionalText("effort");
    if (effort != null && !EFFORTS.contains(effort)) {
      throw errors.invalid(
          "output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'");
    }
    if (effort != null && !card.name().startsWith("claude-opus")) {
      throw errors.invalid("This model does not support the effort parameter.");
    }
    Fields format = output.optionalObject("format");
    if (format == null) {
      return new Form.Prose();
    }
    if (!format.allow(Set.of("type", "schema")).text("type").equals("json_schema")) {
      throw errors.invalid("output_config.format.type: Input should be 'json_schema'");
    }
    closed(format.object("schema").node(), errors);
    return new Form.Conforming(format.raw("schema"));
  }

  private static void closed(JsonNode schema, AnthropicErrors errors) {
    boolean object = schema.path("type").asString("").equals("object");
    if (object
        && !(schema.path("additionalProperties").isBoolean()
            && !schema.path("additionalProperties").asBoolean())) {
      throw errors.invalid(
          "output_config.format.schema: For 'object' type, 'additionalProperties' must be"
              + " explicitly set to false");
    }
    schema.path("properties").forEach(property -> closed(property, errors));
    if (schema.path("items").isObject()) {
      closed(schema.path("items"), errors);
    }
  }

  /// In the middle of a tool loop that began without thinking, thinking stays off.
  private static int reasons(Thinking thinking, Turns turns) {
    List<Turns.Turn> all = turns.turns();
    boolean inLoop = !all.getLast().of("tool_result").isEmpty() && all.size() > 1;
    if (inLoop
        && all.get(all.size() - 2).of("thinking").isEmpty()
        && all.get(all.size() - 2).of("redacted_thinking").isEmpty()) {
      return 0;
    }
    return thinking.tokens();
  }

  private static Question asked(Turns turns, Offer offer, Form form, Question.Limits limits) {
    String text = "";
    List<String> results = new ArrayList<>();
    int images = 0;
    for (Turns.Turn turn : turns.turns()) {
      if (!turn.role().equals("user")) {
        continue;
      }
      List<String> said =
          turn.of("text").stream().map(block -> block.raw("text").asString("")).toList();
      images += turn.blocks().stream().mapToInt(Blocks::images).sum();
      String prompt = Question.askedIn(String.join("\n", said));
      if (!prompt.isBlank()) {
        text = prompt;
        results.clear();
      }
      turn.of("tool_result").forEach(result -> results.add(Blocks.words(result.raw("content"))));
    }
    return new Question(text, results, images, offer, form, limits, "");
  }

  private static List<Block> prompt(
      Fields body, List<Fields> system, Turns turns, AnthropicErrors errors) {
    List<Block> prompt = new ArrayList<>();
    for (Fields tool : body.optionalItems("tools")) {
      prompt.add(block(tool, Tokens.TOOL + Tokens.count(tool.node().toString()), errors));
    }
    for (Fields text : system) {
      prompt.add(block(text, Blocks.tokens(text), errors));
    }
    for (Turns.Turn turn : turns.turns()) {
      prompt.add(new Block(turn.role(), Tokens.MESSAGE, 0));
      for (Fields content : turn.blocks()) {
        prompt.add(block(content, Blocks.tokens(content), errors));
      }
    }
    if (body.has("cache_control")) {
      Block last = prompt.removeLast();
      prompt.add(new Block(last.content(), last.tokens(), ttl(body, errors)));
    }
    long marks = prompt.stream().filter(block -> block.ttlSeconds() > 0).count();
    if (marks > MOST_MARKS) {
      throw errors.invalid(
          "A maximum of 4 blocks with cache_control may be provided. Found " + marks + ".");
    }
    return prompt;
  }

  private static Block block(Fields holder, int tokens, AnthropicErrors errors) {
    return new Block(holder.node().toString(), tokens, ttl(holder, errors));
  }

  private static int ttl(Fields holder, AnthropicErrors errors) {
    Fields mark = holder.optionalObject("cache_control");
    if (mark == null) {
      return 0;
    }
    mark.allow(Set.of("type", "ttl"));
    if (!mark.text("type").equals("ephemeral")) {
      throw errors.invalid(mark.at("type") + ": Input should be 'ephemeral'");
    }
    @Nullable String ttl = mark.optionalText("ttl");
    if (ttl != null && !ttl.equals("5m") && !ttl.equals("1h")) {
      throw errors.invalid(mark.at("ttl") + ": Input should be '5m' or '1h'");
    }
    return "1h".equals(ttl) ? 3600 : 300;
  }
}
