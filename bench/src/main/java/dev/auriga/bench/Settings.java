// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What one run does: who takes part, how many rounds there are and how long each measurement is.
///
/// @param unit how long the longest measurement of a round takes; the others are parts of it
/// @param only parts of the names of the contenders that take part; all when empty
/// @param javaOptions flags for Auriga's JVM, such as those of a flight recording
record Settings(Path home, int rounds, Pace pace, Duration unit, List<String> only, String javaOptions) {
  static final String USAGE =
      """
      Measures Auriga beside nginx and Portkey's gateway against one fast upstream.
        --quick             two short rounds, or one on a busy machine, within 90 seconds
        --rounds N          how many rounds; 5 when left out
        --only NAME,…       of direct, nginx, auriga, logging, portkey
        --java-options "…"  flags for Auriga's JVM
      """;

  /// How thorough a run is.
  enum Pace {
    QUICK,
    USUAL
  }

  Settings {
    only = List.copyOf(only);
  }

  /// Reads the command line; throws [IllegalArgumentException] with what is wrong.
  static Settings of(String[] arguments) {
    Pace pace = Pace.USUAL;
    int rounds = 0;
    List<String> only = List.of();
    String javaOptions = "";
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--quick" -> pace = Pace.QUICK;
        case "--rounds" -> rounds = Integer.parseInt(value(arguments, ++i));
        case "--only" -> only = List.of(value(arguments, ++i).toLowerCase(Locale.ROOT).split(","));
        case "--java-options" -> javaOptions = value(arguments, ++i);
        case String unknown -> throw new IllegalArgumentException("unknown option " + unknown + "\n" + USAGE);
      }
    }
    int usualRounds = pace == Pace.QUICK ? 2 : 5;
    Duration unit = Duration.ofMillis(pace == Pace.QUICK ? 800 : 1400);
    return new Settings(checkout(), rounds > 0 ? rounds : usualRounds, pace, unit, only, javaOptions);
  }

  private static String value(String[] arguments, int index) {
    if (index >= arguments.length) {
      throw new IllegalArgumentException("a value is missing at the end\n" + USAGE);
    }
    return arguments[index];
  }

  /// The checkout this runs in: the nearest folder upwards that holds the launcher.
  private static Path checkout() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve("auriga")) && Files.isDirectory(folder.resolve("bench"))) {
        return folder;
      }
    }
    throw new IllegalArgumentException("run it inside Auriga's checkout: there is no ./auriga here or above");
  }

  boolean takes(Contender contender) {
    String name = contender.name().toLowerCase(Locale.ROOT);
    boolean longRunsOnly = contender.scope() == Contender.Scope.COST && pace == Pace.QUICK;
    return (only.isEmpty() && !longRunsOnly)
        || only.contains(name)
        || (name.endsWith("logging") && only.contains("logging"));
  }

  Duration part(double share) {
    return Duration.ofMillis((long) (unit.toMillis() * share));
  }

  /// Chunks of each measured stream; one comes every 50 ms.
  int chunks() {
    return pace == Pace.QUICK ? 30 : 60;
  }

  /// The most time a warm-up takes that does not settle.
  Duration warmUp() {
    return Duration.ofSeconds(pace == Pace.QUICK ? 6 : 25);
  }

  /// When this much of a run is over no further round begins; there is always one.
  Duration limit() {
    return Duration.ofSeconds(pace == Pace.QUICK ? 40 : 300);
  }

  /// The rates of the ramp, as shares of what the connections take without a pause.
  List<Double> ramp() {
    return pace == Pace.QUICK ? List.of(0.3, 0.7, 1.0) : List.of(0.15, 0.3, 0.5, 0.7, 0.85, 1.0);
  }

  /// How often a rate of the ramp is tried: once would end it at a neighbour's burst of work.
  int tries() {
    return pace == Pace.QUICK ? 1 : 3;
  }

  /// How often each contender is started.
  int starts() {
    return pace == Pace.QUICK ? 1 : 3;
  }
}
