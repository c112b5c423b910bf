// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.dialect.Json;
import dev.auriga.observe.RequestRecord;
import dev.auriga.route.DecisionRecord;
import dev.auriga.route.DecisionRecord.Depth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordLogTest {
  private static final Situations SITUATIONS = new Situations(new Random(1));
  private static final DecisionRecord DECIDED =
      DecisionRecord.of(
          SITUATIONS.policy(), SITUATIONS.question(), SITUATIONS.snapshot(), 1, Depth.AS_DECIDED);

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("decisions.jsonl");
  }

  private static RequestRecord record(int number) {
    return ReproductionTest.record("req_" + number, DECIDED);
  }

  private static List<String> ids(Path file) throws IOException {
    List<String> ids = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      ids.add(RecordJson.read(line.getBytes(StandardCharsets.UTF_8)).id());
    }
    return ids;
  }

  private static List<String> numbered(int from, int to) {
    return IntStream.range(from, to).mapToObj(number -> "req_" + number).toList();
  }

  private RecordLog log(long bytes, int kept) {
    return new RecordLog(new RecordLog.Settings(file(), bytes, kept));
  }

  @Test
  void everyRecordIsALine_inOrder_alsoAfterANewStart() throws Exception {
    try (RecordLog log = log(1 << 20, 0)) {
      numbered(0, 3).forEach(id -> log.ended(ReproductionTest.record(id, DECIDED)));
    }
    try (RecordLog log = log(1 << 20, 0)) {
      log.ended(record(3));
    }
    assertThat(ids(file())).isEqualTo(numbered(0, 4));
  }

  @Test
  void aFullFileIsSetAside_andTheOldestAreDropped() throws Exception {
    int length = Json.write(RecordJson.write(record(10))).length + 1;
    try (RecordLog log = log(3L * length, 2)) {
      for (int i = 10; i < 20; i++) {
        log.ended(record(i));
      }
    }
    assertThat(ids(file())).isEqualTo(numbered(19, 20));
    assertThat(ids(folder.resolve("decisions.jsonl.1"))).isEqualTo(numbered(16, 19));
    assertThat(ids(folder.resolve("decisions.jsonl.2"))).isEqualTo(numbered(13, 16));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void aRecordLargerThanTheFile_isWrittenAllTheSame() throws Exception {
    try (RecordLog log = log(1, 1)) {
      log.ended(record(1));
      log.ended(record(2));
    }
    assertThat(ids(file())).containsExactly("req_2");
    assertThat(ids(folder.resolve("decisions.jsonl.1"))).containsExactly("req_1");
  }

  @Test
  void aLineThatWasCut_doesNotSpoilTheNext() throws Exception {
    Files.writeString(file(), "{\"version\":1,\"requ");
    try (RecordLog log = log(1 << 20, 0)) {
      log.ended(record(1));
    }
    assertThat(Files.readAllLines(file())).hasSize(2).first().isEqualTo("{\"version\":1,\"requ");
    assertThat(RecordJson.read(Files.readAllLines(file()).getLast().getBytes(StandardCharsets.UTF_8)).id())
        .isEqualTo("req_1");
  }

  @Test
  void whatCannotBeWritten_isCounted_andTheNextIsTriedAgain() throws Exception {
    Files.createDirectory(file());
    RecordLog log = log(1 << 20, 0);
    log.ended(record(1));
    while (log.lost() == 0) {
      Thread.onSpinWait();
    }
    Files.delete(file());
    log.ended(record(2));
    log.close();
    assertThat(log.lost()).isEqualTo(1);
    assertThat(ids(file())).containsExactly("req_2");
  }

  @Test
  void whatIsToldAfterTheEnd_isCounted() {
    RecordLog log = log(1 << 20, 0);
    log.close();
    log.ended(record(1));
    assertThat(log.lost()).isEqualTo(1);
    assertThat(file()).doesNotExist();
  }

  @Test
  void howeverManyTellAtOnce_everyRecordIsWrittenOrCounted() throws Exception {
    int each = 5_000;
    RecordLog log = log(Integer.MAX_VALUE, 0);
    List<Thread> tellers =
        IntStream.range(0, 4)
            .mapToObj(
                teller ->
                    Thread.ofVirtual().start(() -> IntStream.range(0, each).forEach(n -> log.ended(record(n)))))
            .toList();
    for (Thread teller : tellers) {
      teller.join();
    }
    log.close();
    assertThat(Files.readAllLines(file()).size() + log.lost()).isEqualTo(4L * each);
  }

  @Test
  void theNewestAreKeptInMemory_theOldestForgotten() {
    try (Records records = new Records(2, null)) {
      for (int i = 0; i < 3; i++) {
        records.ended(record(i));
      }
      assertThat(records.of("req_0")).isNull();
      assertThat(records.of("req_1")).isNotNull();
      assertThat(records.of("req_2")).isNotNull();
      assertThat(records.lost()).isZero();
      assertThat(records.wantsTasks()).isFalse();
    }
  }
}
