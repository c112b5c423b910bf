// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a deployment that is itself a router is told with each request of how to choose.
///
/// A client that says the same itself, by the router's own fields, goes before it.
public sealed interface RouterConfig {

  /// Azure's Model Router; sent as the preview's `routing_config`.
  ///
  /// @param mode absent for the deployment's own
  /// @param models the only ones to choose from, empty for the deployment's own
  /// @param affinity whether a conversation stays with the model that began it
  record ModelRouter(@Nullable Mode mode, List<String> models, boolean affinity) implements RouterConfig {
    public ModelRouter {
      models = List.copyOf(models);
    }
  }

  /// OpenRouter; each part is sent as it is, under its own name.
  ///
  /// @param provider a JSON object, absent for nothing
  /// @param models those that may answer in the place of the deployment's own
  /// @param plugins a JSON array, absent for none
  record OpenRouter(@Nullable RawJson provider, List<String> models, @Nullable RawJson plugins)
      implements RouterConfig {
    public OpenRouter {
      models = List.copyOf(models);
    }
  }

  /// What Azure's Model Router is to look for.
  enum Mode {
    QUALITY,
    BALANCED,
    COST;

    /// The word in the file and for the router.
    public String token() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
