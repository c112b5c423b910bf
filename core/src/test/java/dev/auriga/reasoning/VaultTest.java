// SPDX-License-Identifier: Apache-2.0
package dev.auriga.reasoning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Opaque;
import dev.auriga.completion.Part;
import dev.auriga.resilience.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class VaultTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final FakeTime time = new FakeTime();

  private Vault vault(long bytes) {
    return new Vault(new Vault.Bounds(bytes, HOUR), time::now);
  }

  private static Turn turn(String thought) {
    Part part = new Part.Thinking(thought, new Opaque("anthropic-messages", "s"));
    return new Turn("p/m", List.of(new Turn.Piece.Kept(part)), Digest.of(""));
  }

  private static Digest name(String name) {
    return Digest.of(name);
  }

  /// What one turn with a thought of 1,000 characters takes.
  private long one() {
    Vault vault = vault(1 << 20);
    vault.keep("a", name("x"), turn("x".repeat(1000)));
    return vault.bytes();
  }

  @Test
  void aCallerFindsItsOwn_andNothingElse() {
    Vault vault = vault(1 << 20);
    Turn kept = turn("hm");
    vault.keep("a", name("1"), kept);

    assertThat(vault.find("a", name("1"))).isSameAs(kept);
    assertThat(vault.find("a", name("2"))).isNull();
    assertThat(vault.find("b", name("1"))).isNull();
    assertThat(vault.isEmptyFor("b")).isTrue();
  }

  @Test
  void theSizeCountsText_andWhatIsReplacedCountsNoMore() {
    Vault vault = vault(1 << 20);
    vault.keep("a", name("1"), turn("x".repeat(1000)));
    long one = vault.bytes();
    vault.keep("a", name("1"), turn("x".repeat(1000)));

    assertThat(one).isBetween(2000L, 3000L);
    assertThat(vault.bytes()).isEqualTo(one);
  }

  @Test
  void whatWasNotUsedForLongest_goesFirst() {
    Vault vault = vault(3 * one());
    for (String name : List.of("1", "2", "3")) {
      vault.keep("a", name(name), turn("x".repeat(1000)));
    }
    assertThat(vault.find("a", name("1"))).isNotNull();
    vault.keep("a", name("4"), turn("x".repeat(1000)));

    assertThat(vault.find("a", name("2"))).isNull();
    assertThat(vault.find("a", name("1"))).isNotNull();
    assertThat(vault.find("a", name("4"))).isNotNull();
  }

  @Test
  void aCallersVolume_isAtItsOwnExpense() {
    Vault vault = vault(4 * one());
    vault.keep("quiet", name("1"), turn("x".repeat(1000)));
    for (int i = 0; i < 100; i++) {
      vault.keep("loud", name("n" + i), turn("x".repeat(1000)));
    }

    assertThat(vault.find("quiet", name("1"))).isNotNull();
    assertThat(vault.find("loud", name("n99"))).isNotNull();
    assertThat(vault.find("loud", name("n0"))).isNull();
    assertThat(vault.bytes()).isLessThanOrEqualTo(4 * one());
  }

  @Test
  void whatIsLargerThanTheVault_isNotKept() {
    Vault vault = vault(one());
    vault.keep("a", name("1"), turn("x".repeat(1000)));
    vault.keep("a", name("2"), turn("x".repeat(5000)));

    assertThat(vault.find("a", name("1"))).isNotNull();
    assertThat(vault.find("a", name("2"))).isNull();
  }

  @Test
  void nothingStaysLongerThanItsTime_unlessItIsAskedFor() {
    Vault vault = vault(1 << 20);
    vault.keep("a", name("used"), turn("x"));
    vault.keep("a", name("unused"), turn("x"));
    time.pass(Duration.ofMinutes(50));
    assertThat(vault.find("a", name("used"))).isNotNull();
    time.pass(Duration.ofMinutes(50));

    assertThat(vault.find("a", name("used"))).isNotNull();
    assertThat(vault.find("a", name("unused"))).isNull();
  }

  @Test
  void whatIsStale_leavesMemory_alsoWhereNobodyAsks() {
    Vault vault = vault(1 << 20);
    vault.keep("gone", name("1"), turn("x".repeat(1000)));
    time.pass(HOUR.plusSeconds(1));
    vault.keep("here", name("1"), turn("x".repeat(1000)));

    assertThat(vault.bytes()).isEqualTo(one());
    assertThat(vault.isEmptyFor("gone")).isTrue();
  }

  /// Whatever the order of many threads, the bound holds and nobody sees another's turn.
  @Test
  void manyThreads_neverPassTheBound_norMeet() throws Exception {
    long seed = System.nanoTime();
    long most = 20 * one();
    Vault vault = vault(most);
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> runs = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        String caller = "caller" + t;
        Random random = new Random(seed + t);
        runs.add(
            threads.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < 2000; i++) {
                    Digest name = name("n" + random.nextInt(30));
                    if (random.nextBoolean()) {
                      vault.keep(caller, name, turn(caller + "x".repeat(random.nextInt(1500))));
                    } else {
                      Turn found = vault.find(caller, name);
                      assertThat(found == null || found.toString().contains("text=" + caller + "x")
                              || found.toString().contains("text=" + caller + ","))
                          .as("seed %d", seed)
                          .isTrue();
                    }
                    assertThat(vault.bytes()).as("seed %d", seed).isBetween(0L, most);
                  }
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> run : runs) {
        run.get();
      }
    }
  }
}
