// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.router;

import dev.auriga.completion.RawJson;
import dev.auriga.dialect.Headers;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What makes a deployment a router itself: what it is told of how to choose, and how it tells of its
/// choice.
public sealed interface Router permits ModelRouter, OpenRouter {

  /// Whether the model that answers is chosen behind the deployment, so that only its reply says who.
  boolean choosesModel();

  /// The only models that may answer while it is told so, as the price book names them; empty where it
  /// may be any.
  List<String> models();

  /// The header fields that go with a request.
  Headers headers();

  /// The members a request's body gets where the client gives none of that name.
  ///
  /// @param session what the conversation is known by, no text and no name in it; absent where unknown
  SequencedMap<String, RawJson> fields(@Nullable String session);

  /// The words a refusal of what it is told would name, lower case; empty where that is no preview and a
  /// refusal means that the configuration is wrong.
  Set<String> preview();

  /// The members of a reply that [#read] wants.
  Set<String> tells();

  /// What the members of a reply say; what is absent or of another form says nothing.
  Routed read(Map<String, JsonNode> told);
}
