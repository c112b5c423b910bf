// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.capability.Capabilities;
import dev.auriga.completion.FidelityRule;
import dev.auriga.completion.Modality;
import dev.auriga.ledger.Price;
import dev.auriga.ledger.PriceBook;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything of a policy that a decision depends on, in one order and one form: the text its
/// [Version] stands for.
final class PolicyText {
  private final PriceBook prices;
  private final StringBuilder text = new StringBuilder();
  private final Set<String> capabilities = new TreeSet<>();

  PolicyText(PriceBook prices) {
    this.prices = prices;
  }

  Version version() {
    String known = capabilities.isEmpty() ? "none" : String.join(",", capabilities);
    return Version.of(text.toString(), prices.version(), known);
  }

  PolicyText routes(Map<String, Route> routes, Classifier classifier) {
    new TreeMap<>(routes).forEach((name, route) -> line("route", name, of(route)));
    return line("classifier", classifier.name());
  }

  PolicyText deployments(Map<String, Profile> deployments) {
    new TreeMap<>(deployments).forEach((name, profile) -> line("deployment", name, of(profile)));
    return this;
  }

  PolicyText fidelity(FidelityRule rule) {
    new TreeMap<>(rule.routes()).forEach((name, fidelity) -> line("fidelity", name, fidelity.token()));
    return line("fidelity", rule.usual().token());
  }

  /// Fields are told apart by a character that names cannot have.
  private PolicyText line(String... fields) {
    text.append(String.join("\t", fields)).append('\n');
    return this;
  }

  PolicyText learning(Learning learning) {
    learning.priors().entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<Snapshot.Skill, Snapshot.Outcomes> prior) -> prior.getKey().task())
                .thenComparing(prior -> prior.getKey().model()))
        .forEach(
            prior ->
                line(
                    "prior", prior.getKey().task().token(), prior.getKey().model(),
                    "%s:%s:%d".formatted(prior.getValue().good(), prior.getValue().bad(), prior.getValue().outputTokens())));
    return line("exploration", Double.toString(learning.exploration()));
  }

  private String of(Route route) {
    return switch (route) {
      case Route.To to -> to.deployment();
      case Route.InTurn inTurn -> list("in-turn", inTurn.routes());
      case Route.Classify classify ->
          classify.branches().entrySet().stream()
              .map(branch -> branch.getKey().token() + ": " + of(branch.getValue()))
              .collect(Collectors.joining(", ", "classify{", "}"));
      case Route.Weighted weighted ->
          weighted.arms().stream()
              .map(arm -> of(arm.route()) + ": " + arm.weight())
              .collect(Collectors.joining(", ", "weighted{", "}"));
      case Route.Fastest fastest -> list("fastest", fastest.routes());
      case Route.Cheapest cheapest -> list("cheapest", cheapest.routes());
      case Route.Best best -> list("best " + best.mode(), best.routes());
      case Route.Hedge hedge ->
          "hedge{%s, %s, %s}".formatted(of(hedge.first()), of(hedge.second()), after(hedge.after()));
      case Route.Shadow shadow ->
          "shadow{%s, %s, %s}".formatted(of(shadow.main()), of(shadow.with()), shadow.sample());
      case Route.Panel panel -> list("panel %s %s".formatted(of(panel.aim()), panel.terms()), panel.routes());
    };
  }

  private String of(Route.Panel.Aim aim) {
    return switch (aim) {
      case Route.Panel.Agree agree ->
          "agree above %s%s"
              .formatted(agree.agreement(), agree.opinion() == null ? "" : " or by " + of(agree.opinion()));
      case Route.Panel.Judge judge -> "judged by " + of(judge.by());
      case Route.Panel.Fuse fuse -> "fused by " + of(fuse.by());
    };
  }

  private static String after(@Nullable Duration after) {
    return after == null ? "p95" : after.toString();
  }

  private String list(String strategy, List<Route> routes) {
    return routes.stream().map(this::of).collect(Collectors.joining(", ", strategy + "[", "]"));
  }

  private String of(Profile profile) {
    Capabilities known = profile.capabilities();
    if (known != null) {
      capabilities.add(known.origin().data());
    }
    String priced = versions(profile.priceNames());
    return String.join(
        "\t", profile.model(), String.valueOf(profile.region()), priced, of(known) + chosen(profile.choice()));
  }

  private String chosen(Profile.@Nullable Choice choice) {
    if (choice == null) {
      return "";
    }
    String fee = choice.fee();
    return "\tchooses from [%s], fee %s"
        .formatted(
            choice.models().stream()
                .map(name -> name + "=" + versions(List.of(name)))
                .collect(Collectors.joining(", ")),
            fee == null ? "none" : versions(List.of(fee)));
  }

  private String versions(List<String> priceNames) {
    return priceNames.stream()
        .flatMap(name -> prices.prices(name).stream())
        .map(Price::origin)
        .map(Price.Origin::version)
        .collect(Collectors.joining(","));
  }

  private static String of(@Nullable Capabilities known) {
    if (known == null) {
      return "takes everything";
    }
    Set<Modality> modalities = known.modalities();
    return "modalities %s, tools %s, context %s, output %s, schema %s, json %s, beside tools %s"
        .formatted(
            modalities == null ? "unknown" : new TreeSet<>(modalities),
            known.tools().taken(),
            known.window().context(),
            known.window().output(),
            known.formats().schema(),
            known.formats().jsonObject(),
            known.formats().besideTools());
  }
}
