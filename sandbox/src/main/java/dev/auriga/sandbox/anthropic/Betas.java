// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.anthropic;

import dev.auriga.sandbox.protocol.Ask;
import dev.auriga.sandbox.protocol.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the header `anthropic-beta` of a request opens: fields that are unknown without it. Of the
/// betas there are, context editing is simulated, in which nothing needs to be cleared (Claude
/// documentation, Context editing).
record Betas(Ask ask, AnthropicErrors errors) {
  private static final String CONTEXT = "context-management-2025-06-27";
  private static final Set<String> EDITS =
      Set.of("clear_thinking_20251015", "clear_tool_uses_20250919");

  /// The known fields and those of the betas.
  Set<String> with(Set<String> known) {
    Set<String> all = new HashSet<>(known);
    if (asksFor(CONTEXT)) {
      all.add("context_management");
    }
    return all;
  }

  private boolean asksFor(String beta) {
    List<String> headers = ask.headers().getOrDefault("anthropic-beta", List.of());
    return headers.stream()
        .flatMap(header -> List.of(header.split(",", -1)).stream())
        .anyMatch(named -> named.strip().equals(beta));
  }

  /// Checks what the betas' fields say.
  void check(Fields body) {
    @Nullable Fields management = body.optionalObject("context_management");
    if (management == null) {
      return;
    }
    for (Fields edit : management.allow(Set.of("edits")).optionalItems("edits")) {
      String type = edit.text("type");
      if (!EDITS.contains(type)) {
        throw errors.invalid(
            edit.path()
                + ": Input tag '"
                + type
                + "' found using 'type' does not match any of the expected tags:"
                + " 'clear_thinking_20251015', 'clear_tool_uses_20250919'");
      }
    }
  }
}
