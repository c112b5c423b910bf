// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SseReaderTest {

  private static List<SseEvent> read(String text, int... splits) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    SseReader reader = new SseReader(1 << 20);
    List<SseEvent> events = new ArrayList<>();
    int from = 0;
    for (int split : splits) {
      events.addAll(reader.read(Arrays.copyOfRange(bytes, from, split)));
      from = split;
    }
    events.addAll(reader.read(Arrays.copyOfRange(bytes, from, bytes.length)));
    events.addAll(reader.rest());
    return events;
  }

  @Test
  void lineEndsMayBeLfCrLfOrCr() {
    for (String end : List.of("\n", "\r\n", "\r")) {
      List<SseEvent> events = read("event: a" + end + "data: 1" + end + end + "data: 2" + end + end);
      assertThat(events).extracting(SseEvent::name).containsExactly("a", "");
      assertThat(events).extracting(SseEvent::data).containsExactly("1", "2");
    }
  }

  @Test
  void dataLinesAreJoined_oneSpaceIsDropped_commentsAreNothing() {
    List<SseEvent> events = read("data:a\ndata:  b\ndata\n: note\nid: 7\n\n: alone\n\n");
    assertThat(events).hasSize(2);
    assertThat(events.get(0).data()).isEqualTo("a\n b\n");
    assertThat(events.get(1).data()).isEmpty();
  }

  @Test
  void aLastEventWithoutBlankLine_isGivenAtTheEnd() {
    assertThat(read("data: 1\n\ndata: 2")).extracting(SseEvent::data).containsExactly("1", "2");
    assertThat(read("data: 1\n\n\n\r\n")).hasSizeGreaterThanOrEqualTo(1);
  }

  @Test
  void aByteOrderMarkIsDropped() {
    assertThat(read("\uFEFFdata: 1\n\n")).extracting(SseEvent::data).containsExactly("1");
    assertThat(read("\uFEFFdata: 1\n\n", 1, 2, 3)).extracting(SseEvent::data).containsExactly("1");
  }

  @Test
  void anySplitIntoReads_givesTheSameEvents_andLosesNoByte() {
    String text =
        "event: x\r\ndata: {\"t\":\"grüße 🎉\"}\r\n\r\n: ping\n\ndata: 1\ndata: 2\n\n\rdata: 3\r\r"
            + "event: message_stop\ndata: {}\n\n";
    List<String> whole = read(text).stream().map(event -> event.name() + "|" + event.data()).toList();
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    for (int round = 0; round < 2000; round++) {
      int[] splits = random.ints(random.nextInt(12), 0, length + 1).sorted().toArray();
      List<SseEvent> events = read(text, splits);
      assertThat(events.stream().map(event -> event.name() + "|" + event.data()))
          .as("seed %d, splits %s", seed, Arrays.toString(splits))
          .containsExactlyElementsOf(whole);
      StringBuilder bytes = new StringBuilder();
      events.forEach(event -> bytes.append(new String(event.bytes(), StandardCharsets.UTF_8)));
      assertThat(bytes).hasToString(text);
    }
  }

  @Test
  void anEventOverTheLimit_isRefused() {
    SseReader reader = new SseReader(10);
    assertThatThrownBy(() -> reader.read("data: 0123456789".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(SseReader.EventTooLong.class);
  }
}
