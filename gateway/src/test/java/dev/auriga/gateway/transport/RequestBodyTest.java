// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.auriga.gateway.transport.RequestBody.Added;
import dev.auriga.resilience.Room;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
  private static final Room ROOM = new Room(1 << 30);

  @Test
  void announcedBodies_takeNoRoomBeforeTheyCome() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<RequestBody> bodies = new ArrayList<>();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 3_000; i++) {
      bodies.add(new RequestBody(64 * 1024, 1 << 20, ROOM));
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
        RequestBody body = new RequestBody(announced, 100_000, ROOM);
        for (int at = 0; at < length; ) {
          int piece = Math.min(1 + random.nextInt(20_000), length - at);
          assertThat(body.add(Unpooled.wrappedBuffer(sent, at, piece))).isEqualTo(Added.KEPT);
          at += piece;
        }
        assertThat(body.whole()).isEqualTo(sent);
      }
    }
  }

  @Test
  void oneByteTooMany_isRefused() {
    RequestBody body = new RequestBody(0, 10, ROOM);
    assertThat(body.add(Unpooled.wrappedBuffer(new byte[10]))).isEqualTo(Added.KEPT);
    assertThat(body.add(Unpooled.wrappedBuffer(new byte[1]))).isEqualTo(Added.TOO_LONG);
  }

  @Test
  void roomIsTakenForWhatIsKept_andGivenBackOnce() {
    Room room = new Room(100_000);
    RequestBody first = new RequestBody(60_000, 100_000, room);
    RequestBody second = new RequestBody(0, 100_000, room);
    assertThat(room.taken()).isZero();
    assertThat(first.add(Unpooled.wrappedBuffer(new byte[60_000]))).isEqualTo(Added.KEPT);
    assertThat(room.taken()).isEqualTo(60_000);
    assertThat(room.has(40_000)).isTrue();
    assertThat(room.has(40_001)).isFalse();
    assertThat(second.add(Unpooled.wrappedBuffer(new byte[40_001]))).isEqualTo(Added.NO_ROOM);
    assertThat(room.taken()).isEqualTo(60_000);
    assertThat(first.whole()).hasSize(60_000);
    assertThat(room.taken()).as("while it is served").isEqualTo(60_000);
    first.release();
    first.release();
    second.release();
    assertThat(room.taken()).isZero();
  }
}
