// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import dev.auriga.completion.Cargo;
import dev.auriga.completion.Fidelity;
import dev.auriga.completion.LazyText;
import dev.auriga.completion.Lineage;
import dev.auriga.completion.Modality;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Surcharge;
import dev.auriga.completion.Task;
import dev.auriga.completion.Thinking;
import dev.auriga.dialect.Json;
import dev.auriga.route.Allowed;
import dev.auriga.route.Conversation;
import dev.auriga.route.Finding;
import dev.auriga.route.Hints;
import dev.auriga.route.Question;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A question without its text, as JSON and back.
final class QuestionJson {
  private QuestionJson() {}

  static ObjectNode write(Question question) {
    Outline outline = question.outline();
    ObjectNode json = Json.object().put("route", outline.model()).put("streamed", outline.streamed());
    new TreeMap<>(outline.cargo().loads())
        .forEach((each, load) -> json.withObjectProperty("media").set(Words.of(each), load(load)));
    json.put("tools", outline.carriesTools()).put("form", Words.of(outline.form()));
    if (outline.maxTokens() != null) {
      json.put("max-tokens", outline.maxTokens());
    }
    Surcharge surcharge = outline.surcharge();
    if (surcharge.answers() > 1) {
      json.put("answers", surcharge.answers());
    }
    if (!surcharge.tier().isEmpty()) {
      json.put("tier", surcharge.tier());
    }
    json.put("bytes", question.bytes());
    Conversation conversation = question.conversation();
    if (conversation != null) {
      ObjectNode told = json.putObject("conversation").put("key", conversation.key());
      if (conversation.before() != null) {
        told.put("before", conversation.before());
      }
      told.put("bond", Words.of(conversation.bond()));
    }
    json.set("allowed", allowed(question.allowed()));
    json.set("hints", hints(question.hints()));
    if (question.finding() != null) {
      json.set("finding", finding(question.finding()));
    }
    return json;
  }

  private static ObjectNode load(Cargo.Load load) {
    return Json.object()
        .put("pieces", load.pieces())
        .put("elsewhere", load.elsewhere())
        .put("bytes", load.bytes());
  }

  private static ObjectNode hints(Hints hints) {
    ObjectNode json = Json.object();
    if (hints.task() != null) {
      json.put("task", hints.task().token());
    }
    json.put("high-volume", hints.highVolume()).put("fidelity", hints.fidelity().token());
    hints.regions().stream().sorted().forEach(each -> json.withArray("regions").add(each));
    if (hints.maxCost() != null) {
      json.put("max-cost-usd", BigDecimal.valueOf(hints.maxCost(), 6).toPlainString());
    }
    return json;
  }

  private static ObjectNode allowed(Allowed allowed) {
    ObjectNode json = Json.object();
    allowed.deployments().stream().sorted().forEach(each -> json.withArray("deployments").add(each));
    allowed.regions().stream().sorted().forEach(each -> json.withArray("regions").add(each));
    return json;
  }

  static ObjectNode finding(Finding finding) {
    return Json.object()
        .put("by", finding.by())
        .put("task", finding.task().token())
        .put("why", finding.why());
  }

  static Question read(Entries json) {
    Entries conversation = json.objectOrNull("conversation");
    Entries allowed = json.object("allowed");
    return new Question(
        outline(json),
        json.number("bytes"),
        conversation == null
            ? null
            : new Conversation(
                conversation.text("key"), conversation.textOrNull("before"),
                conversation.word("bond", Conversation.Bond.class)),
        hints(json.object("hints")),
        new Allowed(Set.copyOf(allowed.texts("deployments")), Set.copyOf(allowed.texts("regions"))),
        finding(json.objectOrNull("finding")));
  }

  private static Outline outline(Entries json) {
    return new Outline(
        json.text("route"),
        json.flag("streamed"),
        new LazyText(() -> ""),
        cargo(json),
        json.flag("tools"),
        json.word("form", Outline.Form.class),
        json.has("max-tokens") ? json.count("max-tokens") : null,
        new Thinking.Unsaid(),
        true,
        new Surcharge(json.has("answers") ? json.count("answers") : 1, json.has("tier") ? json.text("tier") : ""),
        Lineage.UNKNOWN);
  }

  private static Cargo cargo(Entries json) {
    Map<Modality, Cargo.Load> loads = new EnumMap<>(Modality.class);
    json.named("media", (all, name) -> load(all.object(name)))
        .forEach((name, load) -> loads.put(Words.read(Modality.class, name), load));
    return new Cargo(loads);
  }

  private static Cargo.Load load(Entries json) {
    return new Cargo.Load(json.count("pieces"), json.count("elsewhere"), json.number("bytes"));
  }

  private static Hints hints(Entries json) {
    return new Hints(json.wordOrNull("task", Task.class), json.flag("high-volume"))
        .keeping(json.word("fidelity", Fidelity.class))
        .in(Set.copyOf(json.texts("regions")))
        .within(json.has("max-cost-usd") ? json.micros("max-cost-usd") : null);
  }

  static @Nullable Finding finding(@Nullable Entries json) {
    return json == null
        ? null
        : new Finding(json.text("by"), json.word("task", Task.class), json.text("why"));
  }
}
