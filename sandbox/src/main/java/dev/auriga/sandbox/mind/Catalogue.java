// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

import static dev.auriga.sandbox.mind.Ability.ADAPTIVE_THINKING;
import static dev.auriga.sandbox.mind.Ability.ALWAYS_REASONS;
import static dev.auriga.sandbox.mind.Ability.BOUND_THINKING;
import static dev.auriga.sandbox.mind.Ability.FORCED_TOOLS;
import static dev.auriga.sandbox.mind.Ability.IMAGES;
import static dev.auriga.sandbox.mind.Ability.PREFILL;
import static dev.auriga.sandbox.mind.Ability.RESPONSES_ONLY;
import static dev.auriga.sandbox.mind.Ability.SAMPLING;
import static dev.auriga.sandbox.mind.Ability.SIGNED_CALLS;
import static dev.auriga.sandbox.mind.Ability.THINKING_BUDGET;
import static dev.auriga.sandbox.mind.Ability.TOOLS_NEED_RESPONSES;

import dev.auriga.sandbox.mind.ModelCard.Vendor;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The models that exist in the sandbox. Accuracy, style and speed are inventions that keep the
/// order one would expect (a mini model is faster and wrong more often); context and output limits
/// follow the providers' model pages.
public final class Catalogue {
  private static final Set<Ability> CLAUDE =
      Set.of(THINKING_BUDGET, SAMPLING, FORCED_TOOLS, PREFILL, IMAGES);
  private static final Set<Ability> CLAUDE_ADAPTIVE =
      Set.of(ADAPTIVE_THINKING, ALWAYS_REASONS, BOUND_THINKING, IMAGES);
  private static final Set<Ability> GPT = Set.of(SAMPLING, FORCED_TOOLS, IMAGES);
  private static final Set<Ability> GPT_REASONING = Set.of(ALWAYS_REASONS, FORCED_TOOLS, IMAGES);
  private static final Set<Ability> GPT_NEWEST =
      Set.of(ALWAYS_REASONS, TOOLS_NEED_RESPONSES, FORCED_TOOLS, IMAGES);
  private static final Set<Ability> GPT_CODEX =
      Set.of(ALWAYS_REASONS, RESPONSES_ONLY, FORCED_TOOLS, IMAGES);
  private static final Set<Ability> GEMINI =
      Set.of(ALWAYS_REASONS, THINKING_BUDGET, SAMPLING, FORCED_TOOLS, IMAGES);
  private static final Set<Ability> GEMINI_PLAIN = Set.of(SAMPLING, FORCED_TOOLS, IMAGES);
  private static final Set<Ability> GEMINI_SIGNED =
      Set.of(ALWAYS_REASONS, SIGNED_CALLS, SAMPLING, FORCED_TOOLS, IMAGES);

  private static final Style WARM = new Style("I'd be happy to help with that.", 4, true);
  private static final Style THOROUGH = new Style("Let me work through this carefully.", 5, true);
  private static final Style BRIEF = new Style("", 2, false);
  private static final Style CHEERFUL = new Style("Sure!", 3, true);
  private static final Style DRY = new Style("", 3, false);
  private static final Style STRUCTURED = new Style("Here is a short overview.", 4, true);

  private static final List<ModelCard> CARDS =
      List.of(
          claude("claude-sonnet-4-5", "20250929", 64_000, 0.95, WARM, new Speed(500, 85), CLAUDE),
          claude("claude-haiku-4-5", "20251001", 64_000, 0.88, BRIEF, new Speed(350, 140), CLAUDE),
          claude("claude-opus-4-5", "20251101", 64_000, 0.97, THOROUGH, new Speed(700, 70), CLAUDE),
          card(
              "claude-opus-5-5",
              "claude-opus-5-5",
              Vendor.ANTHROPIC,
              1_000_000,
              128_000,
              0.99,
              THOROUGH,
              new Speed(700, 70),
              CLAUDE_ADAPTIVE),
          gpt(
              "gpt-4o",
              "gpt-4o-2024-08-06",
              128_000,
              16_384,
              0.92,
              CHEERFUL,
              new Speed(400, 100),
              GPT),
          gpt(
              "gpt-4o-mini",
              "gpt-4o-mini-2024-07-18",
              128_000,
              16_384,
              0.82,
              CHEERFUL,
              new Speed(300, 130),
              GPT),
          gpt(
              "gpt-4.1",
              "gpt-4.1-2025-04-14",
              1_047_576,
              32_768,
              0.93,
              STRUCTURED,
              new Speed(450, 95),
              GPT),
          gpt(
              "gpt-4.1-mini",
              "gpt-4.1-mini-2025-04-14",
              1_047_576,
              32_768,
              0.86,
              DRY,
              new Speed(320, 120),
              GPT),
          gpt(
              "gpt-4.1-nano",
              "gpt-4.1-nano-2025-04-14",
              1_047_576,
              32_768,
              0.75,
              BRIEF,
              new Speed(300, 140),
              GPT),
          gpt(
              "gpt-5",
              "gpt-5-2025-08-07",
              400_000,
              128_000,
              0.97,
              DRY,
              new Speed(700, 70),
              GPT_REASONING),
          gpt(
              "gpt-5-mini",
              "gpt-5-mini-2025-08-07",
              400_000,
              128_000,
              0.93,
              DRY,
              new Speed(500, 100),
              GPT_REASONING),
          gpt(
              "gpt-5-nano",
              "gpt-5-nano-2025-08-07",
              400_000,
              128_000,
              0.85,
              BRIEF,
              new Speed(400, 130),
              GPT_REASONING),
          gpt(
              "o4-mini",
              "o4-mini-2025-04-16",
              200_000,
              100_000,
              0.94,
              DRY,
              new Speed(600, 90),
              GPT_REASONING),
          gpt(
              "gpt-5.6-terra",
              "gpt-5.6-terra",
              1_050_000,
              128_000,
              0.98,
              STRUCTURED,
              new Speed(650, 90),
              GPT_NEWEST),
          gpt(
              "gpt-5-codex",
              "gpt-5-codex",
              400_000,
              128_000,
              0.97,
              DRY,
              new Speed(600, 80),
              GPT_CODEX),
          gemini("gemini-2.5-pro", 0.96, STRUCTURED, new Speed(600, 90), GEMINI),
          gemini("gemini-2.5-flash", 0.9, CHEERFUL, new Speed(300, 140), GEMINI),
          gemini("gemini-2.5-flash-lite", 0.8, BRIEF, new Speed(300, 140), GEMINI_PLAIN),
          gemini("gemini-3-pro-preview", 0.98, STRUCTURED, new Speed(700, 80), GEMINI_SIGNED));

  private Catalogue() {}

  /// All models, in a fixed order.
  public static List<ModelCard> all() {
    return CARDS;
  }

  /// The models of one vendor.
  public static List<ModelCard> of(Vendor vendor) {
    return CARDS.stream().filter(card -> card.vendor() == vendor).toList();
  }

  /// The model a client of `vendor` means by `name`, which may be the dated one.
  public static Optional<ModelCard> find(Vendor vendor, String name) {
    return of(vendor).stream().filter(card -> card.answersTo(name)).findFirst();
  }

  /// The model of that name, whoever made it.
  public static Optional<ModelCard> find(String name) {
    return CARDS.stream().filter(card -> card.answersTo(name)).findFirst();
  }

  private static ModelCard claude(
      String name,
      String date,
      int maxOutput,
      double accuracy,
      Style style,
      Speed speed,
      Set<Ability> can) {
    return card(
        name, name + "-" + date, Vendor.ANTHROPIC, 200_000, maxOutput, accuracy, style, speed, can);
  }

  private static ModelCard gpt(
      String name,
      String dated,
      int context,
      int maxOutput,
      double accuracy,
      Style style,
      Speed speed,
      Set<Ability> can) {
    return card(name, dated, Vendor.OPENAI, context, maxOutput, accuracy, style, speed, can);
  }

  private static ModelCard gemini(
      String name, double accuracy, Style style, Speed speed, Set<Ability> can) {
    return card(name, name, Vendor.GOOGLE, 1_048_576, 65_536, accuracy, style, speed, can);
  }

  private static ModelCard card(
      String name,
      String dated,
      Vendor vendor,
      int context,
      int maxOutput,
      double accuracy,
      Style style,
      Speed speed,
      Set<Ability> can) {
    return new ModelCard(name, dated, vendor, context, maxOutput, accuracy, style, speed, can);
  }
}
