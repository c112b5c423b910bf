// SPDX-License-Identifier: Apache-2.0
package dev.auriga.ledger;

import dev.auriga.completion.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Every known price; unchanging, shared by all threads.
///
/// A model is found by its exact name, or by its name without a date at the end, which is how
/// providers answer: `gpt-4o-2024-08-06` is `gpt-4o`, `claude-sonnet-4-5-20250929` and
/// `claude-sonnet-4-5@20250929` are `claude-sonnet-4-5`. Nothing else is guessed: `gpt-4o-mini`
/// never costs as `gpt-4o`.
public final class PriceBook {
  /// What Azure's model router adds to the answering model's cost, on input tokens; priced like a
  /// model. Not a name any provider answers with.
  public static final String AZURE_ROUTER_FEE = "azure-model-router:routing-fee";

  private static final String MONTH = "(?:0[1-9]|1[0-2])";
  private static final String DAY = "(?:[0-2]\\d|3[01])";
  private static final Pattern DATED =
      Pattern.compile("(.+?)(?:-20\\d\\d-%1$s-%2$s|[-@]20\\d\\d%1$s%2$s)".formatted(MONTH, DAY));

  /// How many undated names are remembered; providers answer with a handful.
  private static final int REMEMBERED = 1000;

  private final String version;
  private final Map<String, List<Price>> byModel;
  private final Map<String, List<Price>> byDatedName = new ConcurrentHashMap<>();

  private PriceBook(String version, Map<String, List<Price>> byModel) {
    this.version = version;
    this.byModel = byModel;
  }

  /// The prices that come with Auriga.
  public static PriceBook shipped() {
    return PriceFile.shipped();
  }

  /// The book of that version. Throws [IllegalArgumentException] when two prices of one model hold at
  /// the same time.
  public static PriceBook of(String version, List<Price> prices) {
    Map<String, List<Price>> byModel = new HashMap<>();
    for (Price price : prices) {
      List<Price> others = byModel.computeIfAbsent(price.model(), _ -> new ArrayList<>());
      for (Price other : others) {
        if (overlap(price, other)) {
          throw new IllegalArgumentException("two prices of " + price.model() + " hold at the same time");
        }
      }
      others.add(price);
    }
    byModel.replaceAll((_, list) -> List.copyOf(list));
    return new PriceBook(version, Map.copyOf(byModel));
  }

  /// This book with one model's prices replaced by `rates`, at any time and for any prompt; what
  /// the configuration says under `prices`, known for the usual service tier alone. The price version shows the rates themselves.
  public PriceBook with(String model, Rates rates) {
    Price.Origin origin =
        new Price.Origin("configured/%s=%s".formatted(model, rates.text()), "the configuration", "", true);
    Map<String, List<Price>> more = new HashMap<>(byModel);
    more.put(model, List.of(new Price(model, null, null, List.of(new Price.Tier(0, rates)), Map.of(), origin)));
    return new PriceBook(version, Map.copyOf(more));
  }

  /// The version of the data behind it; what is configured on top has versions of its own.
  public String version() {
    return version;
  }

  /// What `usage` of `model` costs at that moment, on the service tier that served it.
  public Cost cost(String model, Usage usage, Instant at) {
    Optional<Price> price = price(model, at);
    Optional<Rates> rates = price.flatMap(known -> known.ratesFor(usage.input(), usage.tier()));
    OptionalLong micros = rates.isEmpty() ? OptionalLong.empty() : rates.get().cost(usage);
    if (micros.isEmpty()) {
      return new Cost.Unpriced(model);
    }
    String version = price.orElseThrow().origin().version();
    return new Cost.Priced(
        micros.getAsLong(), usage.tier().isEmpty() ? version : version + "+" + usage.tier());
  }

  /// The price of `model` that holds at that moment, empty when none is known.
  public Optional<Price> price(String model, Instant at) {
    for (Price price : prices(model)) {
      if (price.holdsAt(at)) {
        return Optional.of(price);
      }
    }
    return Optional.empty();
  }

  /// The models in the book, without order.
  public Set<String> models() {
    return byModel.keySet();
  }

  /// The prices of `model` at any time, empty when none is known.
  public List<Price> prices(String model) {
    List<Price> exact = byModel.get(model);
    if (exact != null) {
      return exact;
    }
    if (byDatedName.size() > REMEMBERED) {
      byDatedName.clear();
    }
    return byDatedName.computeIfAbsent(model, this::pricesOfDated);
  }

  private List<Price> pricesOfDated(String model) {
    Matcher dated = DATED.matcher(model);
    return dated.matches() ? byModel.getOrDefault(dated.group(1), List.of()) : List.of();
  }

  private static boolean overlap(Price one, Price other) {
    return startsBeforeEndOf(one, other) && startsBeforeEndOf(other, one);
  }

  private static boolean startsBeforeEndOf(Price one, Price other) {
    return one.from() == null || other.until() == null || one.from().isBefore(other.until());
  }
}
