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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the body of a message request, or of the token count of one, as strictly as the service.
record MessageReader(boolean foundry, Signatures signatures, AnthropicErrors errors) {
  private static final Set<String> COUNTED =
      Set.of(
          "model",
          "messages",
          "system",
          "tools",
          "tool_choice",
          "thinking",
          "output_config",
          "cache_control");
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

  /// Reads a request to be answered, with the fields of the betas it asks for.
  MessageRequest answered(Fields body, ModelCard card, Betas betas) {
    body.allow(betas.with(FIELDS));
    betas.check(body);
    if (body.has("inference_geo") && (foundry || card.can(Ability.THINKING_BUDGET))) {
      throw errors.invalid(
          foundry
              ? "inference_geo: Extra inputs are not permitted"
              : "inference_geo: this parameter is not supported for this model");
    }
    small(body);
    return read(body, card, maxTokens(body, card));
  }

  /// Reads a request to be counted: the same rules, without what concerns the answer.
  MessageRequest counted(Fields body, ModelCard card, Betas betas) {
    body.allow(betas.with(COUNTED));
    betas.check(body);
    return read(body, card, card.maxOutputTokens());
  }

  private MessageRequest read(Fields body, ModelCard card, long maxTokens) {
    Blocks blocks = new Blocks(errors, signatures);
    List<Fields> system = blocks.ofSystem(body);
    Turns turns = Turns.read(body, blocks, errors);
    Conversation conversation = new Conversation(body, system, turns);
    boolean binds = card.can(Ability.BOUND_THINKING);
    if (binds) {
      conversation.checkThinking(signatures, errors);
    }
    Thinking thinking = Thinking.read(body, card, maxTokens, errors);
    boolean askedToThink = thinking.on() && body.has("thinking");
    new Sampling(errors).check(body, card, askedToThink);
    Offer offer = new ToolRules(errors).read(body, card, askedToThink);
    if (turns.endsWithAssistant() && (askedToThink || !card.can(Ability.PREFILL))) {
      throw errors.invalid(
          "This model does not support assistant message prefill. The conversation must end with a "
              + "user message.");
    }
    List<Block> prompt = prompt(body, system, turns);
    long tokens = prompt.stream().mapToLong(Block::tokens).sum();
    if (tokens > card.contextTokens()) {
      throw errors.invalid(
          "prompt is too long: " + tokens + " tokens > " + card.contextTokens() + " maximum");
    }
    Question.Limits limits =
        new Question.Limits(
            (int) maxTokens, reasons(thinking, turns), body.optionalTexts("stop_sequences"));
    return new MessageRequest(
        asked(turns, offer, form(body, card), limits),
        new MessageRequest.Shown(thinking.shown(), binds ? conversation.whole() : ""),
        prompt,
        body.flag("stream"));
  }

  private long maxTokens(Fields body, ModelCard card) {
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

  private void small(Fields body) {
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

  private Form form(Fields body, ModelCard card) {
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
    closed(format.object("schema").node());
    return new Form.Conforming(format.raw("schema"));
  }

  private void closed(JsonNode schema) {
    boolean object = schema.path("type").asString("").equals("object");
    if (object
        && !(schema.path("additionalProperties").isBoolean()
            && !schema.path("additionalProperties").asBoolean())) {
      throw errors.invalid(
          "output_config.format.schema: For 'object' type, 'additionalProperties' must be"
              + " explicitly set to false");
    }
    schema.path("properties").forEach(property -> closed(property));
    if (schema.path("items").isObject()) {
      closed(schema.path("items"));
    }
  }

  /// In a tool loop that began without thinking, a model with a budget refuses to think, any other
  /// quietly does not.
  private int reasons(Thinking thinking, Turns turns) {
    Turns.@Nullable Turn loop = turns.loop();
    if (loop == null || loop.beginsWithThinking()) {
      return thinking.tokens();
    }
    if (thinking.budgeted()) {
      Fields first = loop.blocks().getFirst();
      throw errors.invalid(
          Blocks.place(first)
              + ".type: Expected `thinking` or `redacted_thinking`, but found `"
              + first.raw("type").asString()
              + "`. When `thinking` is enabled, a final `assistant` message must start with a"
              + " thinking block (preceeding the lastmost set of `tool_use` and `tool_result`"
              + " blocks). We recommend you include thinking blocks from previous turns. To avoid"
              + " this requirement, disable `thinking`. Please consult our documentation at"
              + " https://docs.claude.com/en/docs/build-with-claude/extended-thinking");
    }
    return 0;
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

  private List<Block> prompt(
      Fields body, List<Fields> system, Turns turns) {
    List<Block> prompt = new ArrayList<>();
    for (Fields tool : body.optionalItems("tools")) {
      prompt.add(block(tool, Tokens.TOOL + Tokens.count(tool.node().toString())));
    }
    for (Fields text : system) {
      prompt.add(block(text, Blocks.tokens(text)));
    }
    for (Turns.Turn turn : turns.turns()) {
      prompt.add(new Block(turn.role(), Tokens.MESSAGE, 0));
      for (Fields content : turn.blocks()) {
        prompt.add(block(content, Blocks.tokens(content)));
      }
    }
    if (body.has("cache_control")) {
      Block last = prompt.removeLast();
      prompt.add(new Block(last.content(), last.tokens(), ttl(body)));
    }
    long marks = prompt.stream().filter(block -> block.ttlSeconds() > 0).count();
    if (marks > MOST_MARKS) {
      throw errors.invalid(
          "A maximum of 4 blocks with cache_control may be provided. Found " + marks + ".");
    }
    return prompt;
  }

  private Block block(Fields holder, int tokens) {
    return new Block(holder.node().toString(), tokens, ttl(holder));
  }

  private int ttl(Fields holder) {
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
