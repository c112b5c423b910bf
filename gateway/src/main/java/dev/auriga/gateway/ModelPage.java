// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.dialect.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a list of models, as Anthropic's clients turn pages: `limit`, `after_id`, `before_id`.
///
/// Without a limit everything is one page. Source: Anthropic API reference, List Models.
record ModelPage(List<String> names, boolean hasMore) {
  private static final int MOST = 1000;

  static ModelPage all(List<String> names) {
    return new ModelPage(names, false);
  }

  /// Throws a [dev.auriga.completion.Refusal] that names what is wrong in `query`.
  static ModelPage of(String query, List<String> names) {
    String after = parameter(query, "after_id");
    String before = parameter(query, "before_id");
    String said = parameter(query, "limit");
    int limit = said == null ? names.size() : limit(said);
    if (before != null) {
      int to = place(before, "before_id", names);
      int from = Math.max(0, to - limit);
      return new ModelPage(names.subList(from, to), from > 0);
    }
    int from = after == null ? 0 : place(after, "after_id", names) + 1;
    int to = Math.min(names.size(), from + limit);
    return new ModelPage(names.subList(from, to), to < names.size());
  }

  private static int place(String name, String parameter, List<String> names) {
    int place = names.indexOf(name);
    if (place < 0) {
      throw Json.wrong(parameter, "there is no model \"%s\"".formatted(name));
    }
    return place;
  }

  private static int limit(String said) {
    try {
      int limit = Integer.parseInt(said);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException notANumber) {
      // Falls through to the refusal.
    }
    throw Json.wrong("limit", "must be a whole number from 1 to " + MOST);
  }

  private static @Nullable String parameter(String query, String name) {
    for (String each : query.split("&", -1)) {
      if (each.startsWith(name + "=")) {
        return RequestPath.decoded(each.substring(name.length() + 1));
      }
    }
    return null;
  }
}
