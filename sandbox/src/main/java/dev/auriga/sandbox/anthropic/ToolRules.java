// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.anthropic;

import dev.auriga.sandbox.mind.Ability;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.Offer;
import dev.auriga.sandbox.mind.ToolCard;
import dev.auriga.sandbox.protocol.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `tools` and `tool_choice` of a message request.
record ToolRules(AnthropicErrors errors) {
  private static final Set<String> TOOL =
      Set.of(
          "type",
          "name",
          "description",
          "input_schema",
          "strict",
          "cache_control",
          "defer_loading",
          "eager_input_streaming",
          "allowed_callers",
          "input_examples");
  private static final Set<String> CHOICES = Set.of("auto", "any", "tool", "none");

  Offer read(Fields body, ModelCard card, boolean thinking) {
    List<ToolCard> tools = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Fields tool : body.optionalItems("tools")) {
      ToolCard read = tool(tool);
      if (!names.add(read.name())) {
        throw errors.invalid("tools: Tool names must be unique.");
      }
      tools.add(read);
    }
    Fields choice = body.optionalObject("tool_choice");
    if (choice == null) {
      return new Offer(
          tools, tools.isEmpty() ? Offer.Choice.NONE : Offer.Choice.AUTO, List.of(), true);
    }
    return chosen(choice, tools, card, thinking);
  }

  private ToolCard tool(Fields tool) {
    String type = tool.optionalText("type");
    if (type != null && !type.equals("custom")) {
      throw errors.invalid(
          tool.path()
              + ": Input tag '"
              + type
              + "' found using 'type' does not match any of the "
              + "expected tags: 'custom'");
    }
    Fields custom = new Fields(tool.node(), tool.path() + ".custom", tool.wording()).allow(TOOL);
    String name = custom.text("name");
    if (!name.matches("[a-zA-Z0-9_-]{1,128}")) {
      throw errors.invalid(
          custom.at("name") + ": String should match pattern '^[a-zA-Z0-9_-]{1,128}$'");
    }
    Fields schema = custom.object("input_schema");
    if (!schema.text("type").equals("object")) {
      throw errors.invalid(schema.at("type") + ": Input should be 'object'");
    }
    @Nullable String description = custom.optionalText("description");
    return new ToolCard(name, description == null ? "" : description, schema.node());
  }

  private Offer chosen(Fields choice, List<ToolCard> tools, ModelCard card, boolean thinking) {
    choice.allow(Set.of("type", "name", "disable_parallel_tool_use"));
    String type = choice.text("type");
    if (!CHOICES.contains(type)) {
      throw errors.invalid(
          "tool_choice: Input tag '"
              + type
              + "' found using 'type' does not match any of the "
              + "expected tags: 'auto', 'any', 'tool', 'none'");
    }
    if (tools.isEmpty()) {
      throw errors.invalid("tool_choice may only be specified while providing tools.");
    }
    boolean forced = type.equals("any") || type.equals("tool");
    if (forced && thinking) {
      throw errors.invalid("Thinking may not be enabled when tool_choice forces tool use.");
    }
    if (forced && !card.can(Ability.FORCED_TOOLS)) {
      throw errors.invalid(
          "tool_choice: forced tool use (\"any\" or \"tool\") is not supported on this model.");
    }
    List<String> allowed = List.of();
    if (type.equals("tool")) {
      String name = choice.text("name");
      if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
        throw errors.invalid("tool_choice: Tool '" + name + "' not found in provided tools");
      }
      allowed = List.of(name);
    }
    Offer.Choice freedom =
        forced
            ? Offer.Choice.REQUIRED
            : type.equals("none") ? Offer.Choice.NONE : Offer.Choice.AUTO;
    return new Offer(tools, freedom, allowed, !choice.flag("disable_parallel_tool_use"));
  }
}
