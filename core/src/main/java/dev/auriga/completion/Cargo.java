// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// What a request carries beside words: how much of each modality, and how much of its body that is.
public record Cargo(Map<Modality, Load> loads) {
  public static final Cargo NONE = new Cargo(Map.of());

  /// Pieces of one modality.
  ///
  /// @param pieces how many there are
  /// @param elsewhere how many of them are behind an address or a file's id, so that nothing here says
  ///     how large they are
  /// @param bytes how much of the body they take, encoded as they are
  public record Load(int pieces, int elsewhere, long bytes) {
    private Load and(Load more) {
      return new Load(pieces + more.pieces, elsewhere + more.elsewhere, bytes + more.bytes);
    }
  }

  /// Where the bytes of a piece are.
  public enum Place {
    HERE,
    ELSEWHERE
  }

  public Cargo {
    loads = Map.copyOf(loads);
  }

  /// One piece of each, of whose size nothing is known.
  public static Cargo of(Set<Modality> modalities) {
    Collector collector = new Collector();
    modalities.forEach(each -> collector.add(each, 0, Place.HERE));
    return collector.cargo();
  }

  public Set<Modality> modalities() {
    return loads.keySet();
  }

  public boolean isEmpty() {
    return loads.isEmpty();
  }

  /// How much of the body is no words.
  public long bytes() {
    long sum = 0;
    for (Load load : loads.values()) {
      sum += load.bytes;
    }
    return sum;
  }

  /// Collects a cargo piece by piece; for one thread.
  public static final class Collector {
    private final Map<Modality, Load> loads = new EnumMap<>(Modality.class);

    /// A piece that takes so many bytes of the body, with all that belongs to it.
    public void add(Modality modality, long bytes, Place place) {
      loads.merge(modality, new Load(1, place == Place.ELSEWHERE ? 1 : 0, bytes), Load::and);
    }

    void add(Modality modality, Media media) {
      add(modality, media.size(), media.place());
    }

    /// All that `other` has collected too.
    public void addAll(Collector other) {
      other.loads.forEach((modality, load) -> loads.merge(modality, load, Load::and));
    }

    public Cargo cargo() {
      return loads.isEmpty() ? NONE : new Cargo(loads);
    }
  }
}
