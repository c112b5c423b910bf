// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
  @Test
  void announcedBodies_takeNoRoomBeforeTheyCome() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<RequestBody> bodies = new ArrayList<>();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 3_000; i++) {
      bodies.add(new RequestBody(64 * 1024, 1 << 20));
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2 << 20);
    assertThat(bodies).hasSize(3_000);
  }

  @Test
  void whatCameInPieces_isWhole_announcedOrNot() {
    Random random = new Random(7);
    for (int length : new int[] {0, 1, 8 * 1024, 8 * 1024 + 1, 100_000}) {
      byte[] sent = new byte[length];
      random.nextBytes(sent);
      for (int announced : new int[] {0, length}) {
        RequestBody body = new RequestBody(announced, 100_000);
        for (int at = 0; at < length; ) {
          int piece = Math.min(1 + random.nextInt(20_000), length - at);
          assertThat(body.add(Unpooled.wrappedBuffer(sent, at, piece))).isTrue();
          at += piece;
        }
        assertThat(body.whole()).isEqualTo(sent);
      }
    }
  }

  @Test
  void oneByteTooMany_isRefused() {
    RequestBody body = new RequestBody(0, 10);
    assertThat(body.add(Unpooled.wrappedBuffer(new byte[10]))).isTrue();
    assertThat(body.add(Unpooled.wrappedBuffer(new byte[1]))).isFalse();
  }
}
