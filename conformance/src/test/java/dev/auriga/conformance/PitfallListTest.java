// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Every known pitfall is a test called `pitfallNN_claim`, its number once in the whole project.
class PitfallListTest {
  private static final int MOST = 93;
  private static final Pattern NAMED = Pattern.compile("\\s*void (pitfall(\\d{2})_[a-z]\\w{8,})\\(.*");

  /// Not avoided yet, so that a test would have to pass without it.
  private static final Set<Integer> OPEN = Set.of();

  @Test
  void everyNumberIsThereOnce() {
    List<Integer> numbers =
        Checkout.javaFiles("src/test/java/").stream()
            .flatMap(file -> Checkout.lines(file).stream())
            .map(NAMED::matcher)
            .filter(java.util.regex.Matcher::matches)
            .map(found -> Integer.parseInt(found.group(2)))
            .sorted()
            .toList();

    assertThat(numbers).doesNotHaveDuplicates();
    TreeSet<Integer> missing = new TreeSet<>(IntStream.rangeClosed(1, MOST).boxed().toList());
    missing.removeAll(numbers);
    assertThat(missing).containsExactlyInAnyOrderElementsOf(OPEN);
    assertThat(numbers.getLast()).isEqualTo(MOST);
  }

  @Test
  void eachIsRun() {
    List<String> unmarked =
        Checkout.javaFiles("src/test/java/").stream()
            .map(Checkout::lines)
            .flatMap(
                lines ->
                    IntStream.range(1, lines.size())
                        .filter(i -> NAMED.matcher(lines.get(i)).matches())
                        .filter(
                            i ->
                                lines.subList(Math.max(0, i - 20), i).stream()
                                    .noneMatch(line -> line.strip().matches("@(Parameterized)?Test")))
                        .mapToObj(lines::get))
            .toList();

    assertThat(unmarked).isEmpty();
  }
}
