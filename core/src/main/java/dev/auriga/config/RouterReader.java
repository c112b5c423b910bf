// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.RawJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads what a deployment tells a router: `routing` for Azure's Model Router, `openrouter` for OpenRouter.
final class RouterReader {
  private final Section deployment;

  RouterReader(Section deployment) {
    this.deployment = deployment;
  }

  /// Null where nothing is said, or it cannot be read.
  @Nullable RouterConfig read() {
    boolean azure = deployment.has("routing");
    boolean openRouter = deployment.has("openrouter");
    if (azure && openRouter) {
      deployment.findings().add(
          deployment.path("openrouter"), "\"routing\" and \"openrouter\" exclude each other", "leave one out");
    }
    RouterConfig modelRouter = azure ? modelRouter(deployment.section("routing")) : null;
    RouterConfig other = openRouter ? openRouter(deployment.section("openrouter")) : null;
    return modelRouter == null ? other : modelRouter;
  }

  private static RouterConfig modelRouter(Section section) {
    RouterConfig.Mode mode = section.parsed("mode", RouterReader::mode);
    List<String> models = section.texts("models");
    boolean affinity = section.flag("affinity");
    section.finish();
    return new RouterConfig.ModelRouter(mode, known(models), affinity);
  }

  private static RouterConfig.Mode mode(String text) {
    return Arrays.stream(RouterConfig.Mode.values())
        .filter(mode -> mode.token().equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("must be quality, balanced or cost, not \"" + text + "\""));
  }

  private static RouterConfig openRouter(Section section) {
    Node provider = section.value("provider");
    List<String> models = section.texts("models");
    Node plugins = section.value("plugins");
    section.finish();
    return new RouterConfig.OpenRouter(raw(provider), known(models), raw(plugins));
  }

  /// A text that cannot be read is left empty, with a problem of its own.
  private static List<String> known(@Nullable List<String> said) {
    List<String> names = new ArrayList<>(said == null ? List.of() : said);
    names.removeIf(String::isEmpty);
    return names;
  }

  private static @Nullable RawJson raw(@Nullable Node node) {
    return node == null ? null : new RawJson(json(node).toString());
  }

  private static JsonNode json(Node node) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    return switch (node) {
      case Node.Mapping mapping -> {
        ObjectNode object = make.objectNode();
        mapping.entries().forEach(entry -> object.set(entry.key(), json(entry.value())));
        yield object;
      }
      case Node.Items items -> {
        ArrayNode array = make.arrayNode();
        items.nodes().forEach(each -> array.add(json(each)));
        yield array;
      }
      case Node.Scalar scalar -> scalar(scalar.text(), make);
      case Node.Nothing _ -> make.nullNode();
    };
  }

  /// What looks like a number, `true` or `false` is one, as nothing of OpenRouter's is a text of that form.
  private static JsonNode scalar(String text, JsonNodeFactory make) {
    return switch (text) {
      case "true" -> make.booleanNode(true);
      case "false" -> make.booleanNode(false);
      case String number when number.matches("-?(0|[1-9][0-9]{0,17})") ->
          make.numberNode(Long.parseLong(number));
      case String number when number.matches("-?(0|[1-9][0-9]{0,17})\\.[0-9]{1,18}") ->
          make.numberNode(new java.math.BigDecimal(number));
      case String other -> make.stringNode(other);
    };
  }
}
