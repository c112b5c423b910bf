// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Loss;
import dev.auriga.completion.Loss.Reason;
import dev.auriga.completion.TokenLogprob;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Leftovers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `logprobsResult`: the tokens that were chosen and, in a list of the same length, the likeliest in
/// the place of each. Tokens have no bytes. Source: Gemini API reference, `LogprobsResult`.
final class GeminiLogprobs {
  private static final String AT = "candidates[0].logprobsResult";
  private static final Set<String> RESULT =
      Set.of("chosenCandidates", "topCandidates", "logProbabilitySum");
  private static final Set<String> TOKEN = Set.of("token", "logProbability");

  private GeminiLogprobs() {}

  static List<TokenLogprob> read(JsonNode candidate, Leftovers leftovers) {
    JsonNode result = candidate.path("logprobsResult");
    leftovers.keepRest(result, AT, RESULT);
    List<TokenLogprob> tokens = new ArrayList<>(0);
    for (JsonNode chosen : result.path("chosenCandidates")) {
      JsonNode top = result.path("topCandidates").path(tokens.size()).path("candidates");
      List<TokenLogprob> likeliest = new ArrayList<>(top.size());
      top.forEach(each -> likeliest.add(token(each, List.of(), leftovers)));
      tokens.add(token(chosen, likeliest, leftovers));
    }
    return tokens;
  }

  private static TokenLogprob token(
      JsonNode token, List<TokenLogprob> top, Leftovers leftovers) {
    leftovers.keepRest(token, AT + ".chosenCandidates", TOKEN);
    return new TokenLogprob(
        token.path("token").asString(""), null, token.path("logProbability").asDouble(0), top);
  }

  /// Puts `tokens` into `candidate`, where there are any; bytes that are not those of the token's text
  /// are lost below `at`.
  static void write(
      List<TokenLogprob> tokens, ObjectNode candidate, String at, Collection<Loss> losses) {
    if (tokens.isEmpty()) {
      return;
    }
    ObjectNode result = candidate.putObject("logprobsResult");
    ArrayNode chosen = result.putArray("chosenCandidates");
    ArrayNode top = result.putArray("topCandidates");
    for (TokenLogprob token : tokens) {
      write(token, chosen.addObject(), at, losses);
      ArrayNode likeliest = top.addObject().putArray("candidates");
      token.top().forEach(each -> write(each, likeliest.addObject(), at, losses));
    }
  }

  private static void write(
      TokenLogprob token, ObjectNode written, String at, Collection<Loss> losses) {
    written.put("token", token.token()).put("logProbability", token.logprob());
    if (token.isPartOfCharacter()) {
      losses.add(new Loss(Reason.UNSUPPORTED_FIELD, at + ".logprobs.bytes"));
    }
  }

  /// The mean of the tokens' own, which a whole candidate has beside them.
  static void writeMean(List<TokenLogprob> tokens, ObjectNode candidate) {
    tokens.stream()
        .mapToDouble(TokenLogprob::logprob)
        .average()
        .ifPresent(mean -> candidate.put("avgLogprobs", mean));
  }
}
