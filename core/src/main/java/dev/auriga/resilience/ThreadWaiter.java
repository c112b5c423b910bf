// SPDX-License-Identifier: Apache-2.0
package dev.auriga.resilience;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits by the machine's time.
final class ThreadWaiter implements Time.Waiter {
  private final CountDownLatch woken = new CountDownLatch(1);

  @Override
  public void await(Duration atMost) throws InterruptedException {
    // Woken or not, the one who waits looks for itself what has become of it.
    boolean _ = woken.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void wake() {
    woken.countDown();
  }
}
