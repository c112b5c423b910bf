// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A path taken apart: what is to be done, the deployment where Azure's path names one, and whether
/// the path wants a dated `api-version` (Azure OpenAI documentation, v1 API and data plane
/// reference).
///
/// @param deployment absent where the body names the model
record OpenAiPath(Operation operation, @Nullable String deployment, boolean dated) {
  private static final Pattern DEPLOYED = Pattern.compile("/openai/deployments/([^/]+)(/.+)");
  private static final OpenAiPath OTHER = new OpenAiPath(Operation.NONE, null, false);

  /// What a path asks for.
  enum Operation {
    CHAT,
    RESPONSES,
    INPUT_TOKENS,
    EMBEDDINGS,
    MODELS,
    NONE;

    boolean isCompletion() {
      return this == CHAT || this == RESPONSES;
    }

    boolean isOfResponses() {
      return this == RESPONSES || this == INPUT_TOKENS;
    }

    private static Operation of(String path) {
      return switch (path) {
        case "/chat/completions" -> CHAT;
        case "/responses" -> RESPONSES;
        case "/responses/input_tokens" -> INPUT_TOKENS;
        case "/embeddings" -> EMBEDDINGS;
        case String models when models.matches("/models(/.*)?") -> MODELS;
        case String _ -> NONE;
      };
    }
  }

  static OpenAiPath of(String path, boolean azure) {
    String newer = azure ? "/openai/v1" : "/v1";
    if (path.startsWith(newer + "/")) {
      return new OpenAiPath(Operation.of(path.substring(newer.length())), null, false);
    }
    if (!azure) {
      return OTHER;
    }
    Matcher deployed = DEPLOYED.matcher(path);
    if (deployed.matches()) {
      Operation operation = Operation.of(deployed.group(2));
      boolean there = operation == Operation.CHAT || operation == Operation.EMBEDDINGS;
      return there ? new OpenAiPath(operation, deployed.group(1), true) : OTHER;
    }
    return path.equals("/openai/responses")
        ? new OpenAiPath(Operation.RESPONSES, null, true)
        : OTHER;
  }
}
