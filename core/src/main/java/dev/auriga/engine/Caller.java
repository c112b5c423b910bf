// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Refusal;
import dev.auriga.route.Allowed;
import java.util.Set;
import java.util.TreeSet;

/// Who asks: the name of the key that was shown, and what it may use.
///
/// @param routes the routes and deployments it may name; empty means all of them
/// @param allowed where it may be served
/// @param highVolume whether its requests are marked high-volume
/// @param admin whether it may see and change what is not its own
public record Caller(
    String name, Set<String> routes, Allowed allowed, boolean highVolume, boolean admin) {

  /// The embedding program itself, which may use everything. No key of a configuration can be called so:
  /// names there have no spaces.
  public static final Caller PROGRAM =
      new Caller("the program", Set.of(), Allowed.EVERYTHING, false, true);

  /// No name of a configuration is longer.
  static final int LONGEST_NAME = 200;

  /// How much of a longer one is repeated.
  private static final int SHOWN = 40;

  public Caller {
    routes = Set.copyOf(routes);
  }

  public boolean may(String route) {
    return routes.isEmpty() || routes.contains(route);
  }

  /// Throws a [Refusal] that says what it may name, where it may not name `route`; and one where nothing
  /// can be called so, before such a name is compared with others.
  public void admit(String route) {
    if (route.length() > LONGEST_NAME) {
      throw new Refusal(
          Refusal.Kind.NOT_FOUND,
          "there is no route or deployment \"%s…\": names have at most %d characters"
              .formatted(route.substring(0, SHOWN), LONGEST_NAME),
          "model");
    }
    if (!may(route)) {
      throw new Refusal(
          Refusal.Kind.FORBIDDEN,
          "the key \"%s\" may not use \"%s\"; it may use: %s"
              .formatted(name, route, String.join(", ", new TreeSet<>(routes))),
          "model");
    }
  }

  /// Whether requests of the caller called `owner` are its to see and to score.
  public boolean owns(String owner) {
    return admin || name.equals(owner);
  }
}
