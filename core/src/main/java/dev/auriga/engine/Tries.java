// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.completion.Failure;
import dev.auriga.observe.RequestRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The attempts of one request, of everything that is performed for it at once. Thread-safe: every
/// method takes the object's lock and no other.
final class Tries {
  private final List<RequestRecord.Attempt> attempts = new ArrayList<>(2);
  private final List<RequestRecord.PassedOver> passedOver = new ArrayList<>(0);

  synchronized void add(String deployment, Duration took, @Nullable Failure failure) {
    attempts.add(new RequestRecord.Attempt(attempts.size() + 1, deployment, took, failure));
  }

  synchronized int count() {
    return attempts.size();
  }

  synchronized List<RequestRecord.Attempt> all() {
    return List.copyOf(attempts);
  }

  synchronized void passedOver(RequestRecord.PassedOver deployment) {
    passedOver.add(deployment);
  }

  synchronized List<RequestRecord.PassedOver> passedOver() {
    return List.copyOf(passedOver);
  }
}
