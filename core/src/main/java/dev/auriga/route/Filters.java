// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.capability.Capabilities;
import dev.auriga.completion.Modality;
import dev.auriga.completion.Outline;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Why a deployment cannot serve a request: asked before any strategy, so that what is chosen from
/// is what can serve.
final class Filters {
  private final Policy policy;
  private final Question question;
  private final Snapshot snapshot;

  Filters(Policy policy, Question question, Snapshot snapshot) {
    this.policy = policy;
    this.question = question;
    this.snapshot = snapshot;
  }

  /// Why `deployment` can never serve this request, in words; null when it can.
  @Nullable String forbids(String deployment) {
    Profile profile = policy.profile(deployment);
    Capabilities capabilities = profile.capabilities();
    String reason =
        snapshot.unable().contains(deployment) ? "its provider does not offer this" : caller(deployment, profile);
    if (reason == null && capabilities != null) {
      reason = content(capabilities);
      reason = reason != null ? reason : prompt(capabilities);
    }
    return reason != null ? reason : price(deployment);
  }

  /// Why it cannot serve now, in words; null when it can.
  @Nullable String ails(String deployment) {
    Duration cooldown = snapshot.cooldowns().get(deployment);
    if (cooldown == null) {
      return null;
    }
    long tenths = (cooldown.toMillis() + 50) / 100;
    return "cooling down for " + tenths / 10 + "." + tenths % 10 + " s more";
  }

  /// Why it would answer with less than was asked for, in words; null when it would not.
  @Nullable String cutsShort(String deployment) {
    Capabilities capabilities = policy.profile(deployment).capabilities();
    Integer wanted = question.outline().maxTokens();
    Integer most = capabilities == null ? null : capabilities.window().output();
    return wanted != null && most != null && wanted > most
        ? "it answers with at most " + most + " tokens, asked for are " + wanted
        : null;
  }

  private @Nullable String caller(String deployment, Profile profile) {
    Allowed allowed = question.allowed();
    if (!allowed.deployments().isEmpty() && !allowed.deployments().contains(deployment)) {
      return "the caller's key does not allow it";
    }
    String region = profile.region();
    if (outside(region, allowed.regions())) {
      return region == null
          ? "it has no region, and the caller's key allows certain ones only"
          : "it is in region " + region + ", which the caller's key does not allow";
    }
    if (outside(region, question.hints().regions())) {
      return region == null
          ? "it has no region, and certain ones are asked for"
          : "it is in region " + region + ", others are asked for";
    }
    return null;
  }

  private static boolean outside(@Nullable String region, Set<String> regions) {
    return !regions.isEmpty() && (region == null || !regions.contains(region));
  }

  private @Nullable String content(Capabilities capabilities) {
    Set<Modality> taken = capabilities.modalities();
    if (taken != null) {
      for (Modality modality : question.outline().modalities()) {
        if (!taken.contains(modality)) {
          return "it takes no " + modality.name().toLowerCase(Locale.ROOT);
        }
      }
    }
    return question.outline().carriesTools() && !capabilities.tools().taken() ? "it takes no tools" : null;
  }

  /// Why it would not give its answer the form that is asked for, in words; null when it would.
  @Nullable String losesForm(String deployment) {
    Outline.Form form = question.outline().form();
    Capabilities capabilities = policy.profile(deployment).capabilities();
    if (form == Outline.Form.FREE || capabilities == null) {
      return null;
    }
    Capabilities.Formats formats = capabilities.formats();
    if (question.outline().carriesTools() && !formats.besideTools()) {
      return "it gives an answer no form on a request with tools";
    }
    return switch (form) {
      case FREE -> null;
      case JSON_OBJECT -> formats.jsonObject() ? null : "it promises no JSON object without a schema";
      case SCHEMA -> formats.schema() ? null : "it does not hold an answer to a schema";
    };
  }

  private @Nullable String prompt(Capabilities capabilities) {
    Integer most = capabilities.window().context();
    long least = question.leastInputTokens();
    return most != null && least > most
        ? "the prompt has over " + least + " tokens, it takes at most " + most
        : null;
  }

  /// By the most it may cost, so that a limit holds.
  private @Nullable String price(String deployment) {
    Long most = question.hints().maxCost();
    if (most == null) {
      return null;
    }
    Ceiling ceiling = new Ceiling(policy, question, snapshot.at());
    OptionalLong micros = ceiling.micros(deployment);
    if (micros.isEmpty()) {
      return "it has no price, so that no limit of cost can be kept there";
    }
    return micros.getAsLong() > most
        ? "it may cost up to %d µ$ with %d tokens of output, the limit is %d µ$"
            .formatted(micros.getAsLong(), ceiling.outputTokens(deployment), most)
        : null;
  }
}
