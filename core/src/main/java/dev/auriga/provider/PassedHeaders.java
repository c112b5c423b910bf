// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.completion.Loss;
import dev.auriga.dialect.Headers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which header fields of a client's go on to a provider of its own dialect, by the provider's kind.
///
/// A list of what is allowed, so that no credential, no billing account and nothing about the
/// connection can slip through. The caller's values stay as they are; nothing is put in their place.
///
/// Sources: Anthropic API reference, Beta headers; Claude documentation, Claude in Microsoft Foundry
/// (features that are not there); OpenAI API reference, Debugging requests; Microsoft documentation,
/// Model router, per-request controls; OpenRouter documentation, App attribution and Router metadata.
public final class PassedHeaders {
  private static final String BETA = "anthropic-beta";
  private static final Pattern DATE = Pattern.compile("-?\\d{4}-?\\d{2}-?\\d{2}$");

  /// Betas that Foundry refuses or has no feature for, without their dates.
  private static final Set<String> NOT_IN_FOUNDRY =
      Set.of(
          "advisor-tool", "cache-diagnosis", "fallback-credit", "fast-mode", "managed-agents",
          "message-batches", "mid-conversation-output-config", "mid-conversation-tool-changes",
          "oauth", "output-128k", "output-300k", "server-side-fallback", "task-budgets",
          "thinking-binding-controls", "token-efficient-tools", "user-profiles");

  public static final PassedHeaders ANTHROPIC = new PassedHeaders(Set.of(), BETA);
  public static final PassedHeaders FOUNDRY = new PassedHeaders(NOT_IN_FOUNDRY, BETA);
  public static final PassedHeaders OPENAI =
      new PassedHeaders(Set.of(), "openai-beta", "x-client-request-id");
  public static final PassedHeaders AZURE =
      new PassedHeaders(
          Set.of(), "openai-beta", "x-client-request-id", "x-ms-client-request-id",
          "x-ms-session-id", "foundry-features", "aoai-evals");
  public static final PassedHeaders GEMINI =
      new PassedHeaders(Set.of(), "x-goog-api-client", "x-goog-request-params", "x-server-timeout");

  /// Servers that speak OpenAI's dialect, OpenRouter among them.
  public static final PassedHeaders COMPATIBLE =
      new PassedHeaders(
          Set.of(), "openai-beta", "x-client-request-id", "http-referer", "x-title",
          "x-openrouter-title", "x-openrouter-metadata");

  private static final Set<String> CANDIDATES =
      caseless(
          Stream.of(ANTHROPIC, FOUNDRY, OPENAI, AZURE, GEMINI, COMPATIBLE)
              .flatMap(kind -> kind.names.stream())
              .toList());

  private final Set<String> names;
  private final Set<String> lacking;

  /// `names` of fields, and betas this kind is known to lack, without their dates.
  private PassedHeaders(Set<String> lacking, String... names) {
    this.lacking = lacking;
    this.names = caseless(List.of(names));
  }

  private static Set<String> caseless(Collection<String> names) {
    Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(names);
    return set;
  }

  /// Of the fields a client sent, those that some provider may get.
  public static Headers candidates(Headers client) {
    return only(CANDIDATES, client);
  }

  private static Headers only(Set<String> names, Headers from) {
    List<Headers.Field> fields = new ArrayList<>(0);
    for (Headers.Field field : from.fields()) {
      if (names.contains(field.name())) {
        fields.add(field);
      }
    }
    return fields.isEmpty() ? Headers.NONE : Headers.of(fields);
  }

  /// The fields that go on, and the values that were taken out of them.
  record Passed(Headers headers, List<Loss> losses) {
    static final Passed NOTHING = new Passed(Headers.NONE, List.of());
  }

  /// What of `candidates` goes on to a provider of this kind.
  Passed of(Headers candidates) {
    Headers allowed = only(names, candidates);
    if (allowed.fields().isEmpty()) {
      return Passed.NOTHING;
    }
    return lacking.isEmpty() || allowed.first(BETA) == null
        ? new Passed(allowed, List.of())
        : withoutLacking(allowed);
  }

  private Passed withoutLacking(Headers allowed) {
    List<Headers.Field> fields = new ArrayList<>();
    List<Loss> losses = new ArrayList<>();
    for (Headers.Field field : allowed.fields()) {
      if (!field.name().equalsIgnoreCase(BETA)) {
        fields.add(field);
        continue;
      }
      List<String> kept = new ArrayList<>();
      for (String flag : field.value().split(",", -1)) {
        if (lacking.contains(DATE.matcher(flag.strip()).replaceAll(""))) {
          losses.add(new Loss(Loss.Reason.UNSUPPORTED_VALUE, BETA + "." + flag.strip()));
        } else {
          kept.add(flag);
        }
      }
      if (!kept.isEmpty()) {
        fields.add(new Headers.Field(field.name(), String.join(",", kept).strip()));
      }
    }
    return new Passed(Headers.of(fields), losses);
  }
}
