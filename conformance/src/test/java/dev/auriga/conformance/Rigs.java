// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import java.io.IOException;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;

/// Rigs for tests that run side by side: each has one to itself, with nothing scripted and nothing
/// called yet. Started when first needed.
final class Rigs implements AutoCloseable {
  private static final int MOST = 8;

  private final BlockingDeque<Place> places = new LinkedBlockingDeque<>();

  Rigs() {
    for (int i = 0; i < MOST; i++) {
      places.add(new Place());
    }
  }

  /// A place for a rig, empty at first.
  private static final class Place {
    private Rig rig;
  }

  /// What is done with a rig.
  interface Use {
    void with(Rig rig) throws IOException, InterruptedException;
  }

  void use(Use use) throws IOException, InterruptedException {
    Place place = places.takeFirst();
    try {
      if (place.rig == null) {
        place.rig = Rig.start();
      }
      place.rig.reset();
      use.with(place.rig);
    } finally {
      places.addFirst(place);
    }
  }

  @Override
  public void close() {
    for (Place place : places) {
      if (place.rig != null) {
        place.rig.close();
      }
    }
  }
}
