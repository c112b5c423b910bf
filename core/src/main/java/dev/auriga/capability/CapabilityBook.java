// SPDX-License-Identifier: Apache-2.0
package dev.auriga.capability;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is known of every model on one day; unchanging, shared by all threads.
///
/// A model is found by its name, in which a pattern of the data is looked for; the data lists the
/// more particular patterns first, and models of the API's own vendor outrank others. What nobody
/// knows of a model is assumed by the API it is called over: the newest and strictest at Anthropic,
/// nothing refused on a compatible server. Of another vendor's model only its limits, its
/// modalities and the form of its calls' ids are taken from the data, for how it is spoken to depends on
/// who translates.
public final class CapabilityBook {
  /// What a model brings along, whoever's API it is called over.
  private static final Set<Fact<?>> OF_THE_MODEL =
      Set.of(Fact.CONTEXT, Fact.OUTPUT, Fact.MODALITIES, Fact.CALL_ID_LENGTH);

  private record Known(Pattern pattern, Entry entry) {}

  /// What holds for an API: for every model, and for those nobody knows.
  record Assumed(Facts always, Facts ofUnknown) {}

  private final String version;
  private final Map<Api, Assumed> assumed;
  private final List<Known> known;

  private CapabilityBook(String version, Map<Api, Assumed> assumed, List<Known> known) {
    this.version = version;
    this.assumed = assumed;
    this.known = known;
  }

  /// What comes with Auriga, as it holds on `day`.
  public static CapabilityBook shipped(LocalDate day) {
    return CapabilityFile.shipped().on(day);
  }

  static CapabilityBook of(
      String version, Map<Api, Assumed> assumed, List<Entry> entries, LocalDate day) {
    Map<Entry.Models, Entry> holding = new LinkedHashMap<>();
    for (Entry entry : entries) {
      holding.merge(entry.models(), entry, (one, other) -> holding(one, other, day));
    }
    List<Known> known = new ArrayList<>();
    holding.forEach((models, entry) -> known.add(new Known(models.pattern(), entry)));
    return new CapabilityBook(version, Map.copyOf(assumed), List.copyOf(known));
  }

  /// The later of the two that has begun, else the earlier.
  private static Entry holding(Entry one, Entry other, LocalDate day) {
    Entry later = one.from().isBefore(other.from()) ? other : one;
    Entry earlier = one.from().isBefore(other.from()) ? one : other;
    return later.from().isAfter(day) ? earlier : later;
  }

  /// What the model of that name takes over `api`.
  ///
  /// @param configured outranks everything
  /// @param discovered what the provider tells of the model; counts where the data is silent
  public Capabilities of(Api api, String name, Facts configured, Facts discovered) {
    Assumed base = assumed.get(api);
    if (base == null) {
      throw new IllegalStateException("nothing is assumed of models over " + api);
    }
    Entry entry = entry(name.toLowerCase(Locale.ROOT), api.vendor());
    Facts facts;
    if (entry == null) {
      facts = configured.orElse(discovered).orElse(base.ofUnknown());
    } else if (entry.models().vendor().equals(api.vendor())) {
      facts = configured.orElse(entry.facts()).orElse(discovered);
    } else {
      facts =
          configured.orElse(entry.facts().only(OF_THE_MODEL)).orElse(discovered).orElse(base.ofUnknown());
    }
    return Capabilities.of(facts.orElse(base.always()), origin(entry));
  }

  /// The same by the data alone.
  public Capabilities of(Api api, String name) {
    return of(api, name, Facts.NONE, Facts.NONE);
  }

  private @Nullable Entry entry(String name, String vendor) {
    Entry others = null;
    for (Known each : known) {
      if (each.pattern().matcher(name).find()) {
        if (each.entry().models().vendor().equals(vendor)) {
          return each.entry();
        }
        others = others == null ? each.entry() : others;
      }
    }
    return others;
  }

  private Capabilities.Origin origin(@Nullable Entry entry) {
    return entry == null
        ? new Capabilities.Origin(version + "/unknown", "assumed", false)
        : new Capabilities.Origin(
            "%s/%s@%s".formatted(version, entry.models().match(), entry.from()), entry.source(), true);
  }
}
