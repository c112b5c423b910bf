// SPDX-License-Identifier: Apache-2.0
package dev.auriga.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads `prices.json`: rows in US dollars for a million tokens, each with its source.
///
/// `"from"` and `"until"` are days, from midnight UTC. `"above"` lists the dearer tiers: rates by
/// prompt size. `"served"` gives factors by service tier, for a row or all rows of a source. A rate
/// that is not given is not known.
final class PriceFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final JsonNode file;

  private PriceFile(JsonNode file) {
    this.file = file;
  }

  static PriceBook shipped() {
    try (InputStream prices =
        Objects.requireNonNull(PriceFile.class.getResourceAsStream("prices.json"), "prices.json")) {
      return read(prices.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the prices that come with Auriga cannot be read", unreadable);
    }
  }

  static PriceBook read(byte[] json) {
    return new PriceFile(MAPPER.readTree(json)).book();
  }

  private PriceBook book() {
    List<Price> prices = new ArrayList<>();
    for (JsonNode row : file.required("prices")) {
      prices.add(price(row));
    }
    return PriceBook.of(file.required("version").asString(), prices);
  }

  private Price price(JsonNode row) {
    String model = row.required("model").asString();
    JsonNode source = file.required("sources").required(row.required("source").asString());
    String from = row.hasNonNull("from") ? row.required("from").asString() : null;
    String until = row.hasNonNull("until") ? row.required("until").asString() : null;
    String version =
        "%s/%s%s".formatted(file.required("version").asString(), model, from == null ? "" : "@" + from);
    boolean isConfirmed = !row.has("confirmed") || row.required("confirmed").asBoolean();
    return new Price(
        model,
        midnight(from),
        midnight(until),
        tiers(row),
        served(source, row),
        new Price.Origin(
            version, source.required("name").asString(), source.required("as-of").asString(), isConfirmed));
  }

  private static List<Price.Tier> tiers(JsonNode row) {
    List<Price.Tier> tiers = new ArrayList<>();
    tiers.add(new Price.Tier(0, rates(row)));
    for (JsonNode tier : row.path("above")) {
      tiers.add(new Price.Tier(tier.required("input-tokens").asLong(), rates(tier)));
    }
    return tiers;
  }

  /// By the row's own factors and those that hold for all of its source.
  private static Map<String, BigDecimal> served(JsonNode source, JsonNode row) {
    Map<String, BigDecimal> factors = new HashMap<>();
    for (JsonNode said : List.of(source.path("served"), row.path("served"))) {
      said.forEachEntry((tier, factor) -> factors.put(tier, factor.decimalValue()));
    }
    return factors;
  }

  private static Rates rates(JsonNode node) {
    return new Rates(
        rate(node, "input"),
        rate(node, "cache-read"),
        rate(node, "cache-write-5m"),
        rate(node, "cache-write-1h"),
        rate(node, "output"));
  }

  private static @Nullable Long rate(JsonNode node, String sort) {
    return node.hasNonNull(sort) ? Rates.micros(node.required(sort).decimalValue()) : null;
  }

  private static @Nullable Instant midnight(@Nullable String day) {
    return day == null ? null : LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
