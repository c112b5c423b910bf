// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.config.ConfigProblems.Place;
import java.util.List;

/// A piece of a YAML or JSON document that knows where it stands.
sealed interface Node {
  Place place();

  /// How many nodes it is with everything below it, each use of an anchor counted anew.
  int size();

  record Mapping(Place place, List<Entry> entries, int size) implements Node {}

  record Entry(Place place, String key, Node value) {}

  record Items(Place place, List<Node> nodes, int size) implements Node {}

  /// A value as it is written, quotes apart.
  record Scalar(Place place, String text) implements Node {
    @Override
    public int size() {
      return 1;
    }
  }

  /// Nothing after the colon, `""` or `null`.
  record Nothing(Place place) implements Node {
    @Override
    public int size() {
      return 1;
    }
  }
}
