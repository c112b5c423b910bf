// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.Fidelity;
import dev.auriga.completion.Modality;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Task;
import dev.auriga.config.PolicyCase.Asked;
import dev.auriga.config.PolicyCase.Expectation;
import dev.auriga.config.PolicyCase.Known;
import dev.auriga.config.PolicyCase.Said;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one test of a policy.
final class PolicyCaseReader {
  private final Section section;
  private final Section given;
  private final Section expect;
  private final Config config;
  private final Findings findings;

  PolicyCaseReader(Section section, Config config) {
    this.section = section;
    this.given = section.section("given");
    this.expect = section.section("expect");
    this.config = config;
    this.findings = section.findings();
  }

  /// The test, null where it expects nothing.
  @Nullable PolicyCase read(String name, int line) {
    section.finish();
    Asked asked = asked();
    Said said = said();
    Known known = known();
    given.finish();
    List<Expectation> expectations = expectations();
    expect.finish();
    if (expectations.isEmpty()) {
      findings.add(section.path("expect"), "nothing is expected", "as in expect: { served: NAME }");
      return null;
    }
    return new PolicyCase(name, line, asked, said, known, expectations);
  }

  private Asked asked() {
    String route = given.text("route");
    String prompt = given.text("prompt");
    Set<Modality> carries = new LinkedHashSet<>();
    List<String> kinds = listed("carries");
    for (int i = 0; i < kinds.size(); i++) {
      Modality carried = word(Modality.class, kinds.get(i), "kind of input", "%s[%d]".formatted(given.path("carries"), i));
      if (carried != null) {
        carries.add(carried);
      }
    }
    Outline.Form form = word(Outline.Form.class, given, "form");
    int maxTokens = given.count("max-tokens", 0, 1);
    return new Asked(
        route == null ? "auto" : route,
        prompt == null ? "" : prompt,
        carries,
        given.flag("streamed"),
        given.flag("tools"),
        form == null ? Outline.Form.FREE : form,
        maxTokens == 0 ? null : Integer.valueOf(maxTokens),
        given.count("tokens", 0, 0));
  }

  private Said said() {
    Fidelity wanted = word(Fidelity.class, given, "fidelity");
    return new Said(
        named(given, "key", "key", config.keys().keySet()),
        word(Task.class, given, "task"),
        given.flag("high-volume"),
        wanted == null ? Fidelity.REPORT : wanted,
        new LinkedHashSet<>(listed("regions")),
        given.parsed("max-cost", PolicyCaseReader::micros),
        given.text("session"));
  }

  private Known known() {
    Set<String> cooling = new LinkedHashSet<>();
    List<String> names = listed("cooling");
    for (int i = 0; i < names.size(); i++) {
      require(names.get(i), "deployment", config.deployments().keySet(), "%s[%d]".formatted(given.path("cooling"), i));
      cooling.add(names.get(i));
    }
    Map<String, Duration> speeds = new LinkedHashMap<>();
    Section told = given.section("speeds");
    for (String name : told.names()) {
      require(name, "deployment", config.deployments().keySet(), told.path(name));
      speeds.put(name, told.duration(name, Duration.ofSeconds(1)));
    }
    Long seed = given.parsed("seed", PolicyCaseReader::seed);
    return new Known(
        cooling,
        speeds,
        named(given, "held", "deployment", config.deployments().keySet()),
        given.parsed("at", PolicyCaseReader::moment),
        seed == null ? 1 : seed);
  }

  private List<Expectation> expectations() {
    Collection<String> deployments = config.deployments().keySet();
    List<Expectation> all = new ArrayList<>();
    Task task = word(Task.class, expect, "task");
    if (task != null) {
      all.add(new Expectation.OfTask(expect.line("task"), task));
    }
    String served = named(expect, "served", "deployment", deployments);
    if (served != null) {
      all.add(new Expectation.Served(expect.line("served"), served));
    }
    List<String> order = expect.texts("order");
    if (order != null) {
      for (int i = 0; i < order.size(); i++) {
        require(order.get(i), "deployment", deployments, "%s[%d]".formatted(expect.path("order"), i));
      }
      all.add(new Expectation.Order(expect.line("order"), order));
    }
    Section excluded = expect.section("excluded");
    for (String name : excluded.names()) {
      require(name, "deployment", deployments, excluded.path(name));
      String why = excluded.text(name);
      if (why != null) {
        all.add(new Expectation.Excluded(excluded.line(name), name, why));
      }
    }
    String refused = expect.text("refused");
    if (refused != null) {
      all.add(new Expectation.Refused(expect.line("refused"), refused));
      if (served != null || order != null) {
        findings.add(expect.path("refused"), "nobody serves what is refused", "expect one of them");
      }
    }
    return all;
  }

  private List<String> listed(String key) {
    List<String> listed = given.texts(key);
    return listed == null ? List.of() : listed;
  }

  private @Nullable String named(Section from, String key, String what, Collection<String> known) {
    String name = from.text(key);
    if (name != null) {
      require(name, what, known, from.path(key));
    }
    return name;
  }

  private void require(String name, String what, Collection<String> known, String path) {
    if (!known.contains(name)) {
      findings.unknown(path, "no %s \"%s\"".formatted(what, name), name, known);
    }
  }

  private <E extends Enum<E>> @Nullable E word(Class<E> set, Section from, String key) {
    String word = from.text(key);
    return word == null ? null : word(set, word, key, from.path(key));
  }

  /// The constant that `word` names, null with a problem when there is none.
  private <E extends Enum<E>> @Nullable E word(Class<E> set, String word, String what, String path) {
    List<E> all = List.of(set.getEnumConstants());
    List<String> known =
        all.stream().map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-')).toList();
    require(word, what, known, path);
    return known.contains(word) ? all.get(known.indexOf(word)) : null;
  }

  /// Any number of 64 bits, as records tell them.
  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException wrong) {
      throw new IllegalArgumentException("must be a whole number, not \"" + text + "\"", wrong);
    }
  }

  private static long micros(String text) {
    if (!text.matches("[0-9]{1,6}(\\.[0-9]{1,6})?")) {
      throw new IllegalArgumentException("not an amount of US dollars: \"%s\"; as in 0.05".formatted(text));
    }
    return new BigDecimal(text).movePointRight(6).longValueExact();
  }

  private static Instant moment(String text) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException(
          "not a moment: \"%s\"; as in 2026-11-01 or 2026-11-01T12:00:00Z".formatted(text), wrong);
    }
  }
}
