// SPDX-License-Identifier: Apache-2.0
package dev.auriga;

import dev.auriga.capability.Facts;
import dev.auriga.provider.CredentialFailure;
import dev.auriga.provider.ModelList;
import dev.auriga.provider.Transport;
import dev.auriga.provider.TransportFailure;
import dev.auriga.resilience.Deadline;
import dev.auriga.resilience.Time;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Reads, once and in the background, the lists of models of the providers whose configuration says
/// `discover: true`. No request waits for it; a list that cannot be had is a line in the log.
final class Discovery implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Discovery.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Map<String, ModelList> lists;
  private final Transport transport;
  private final Time time;
  private final BiConsumer<String, Map<String, Facts>> learned;
  private @Nullable Thread reading;

  /// `learned` is told each provider's name and what it says of its models.
  Discovery(
      Map<String, ModelList> lists,
      Transport transport,
      Time time,
      BiConsumer<String, Map<String, Facts>> learned) {
    this.lists = new LinkedHashMap<>(lists);
    this.transport = transport;
    this.time = time;
    this.learned = learned;
  }

  void start() {
    if (!lists.isEmpty()) {
      reading = Thread.ofVirtual().name("auriga-discovery").start(this::readAll);
    }
  }

  private void readAll() {
    try {
      for (Map.Entry<String, ModelList> each : lists.entrySet()) {
        read(each.getKey(), each.getValue());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(String provider, ModelList list) throws InterruptedException {
    try {
      Map<String, Facts> models = list.read(transport, Deadline.in(PATIENCE, time));
      learned.accept(provider, models);
      LOG.log(System.Logger.Level.INFO, "{0} lists {1} models", provider, models.size());
    } catch (TransportFailure | CredentialFailure failure) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the models of {0} cannot be read: {1}",
          provider,
          failure.getMessage());
    }
  }

  @Override
  public void close() {
    if (reading != null) {
      reading.interrupt();
    }
  }
}
