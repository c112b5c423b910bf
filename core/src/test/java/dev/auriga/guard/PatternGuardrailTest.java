// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.auriga.dialect.properties.Seeds;
import dev.auriga.guard.Passage.Direction;
import dev.auriga.guard.PatternGuardrail.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternGuardrailTest {
  private static final Set<String> EVERYTHING = everything();

  private static Set<String> everything() {
    Set<String> all = new HashSet<>(Patterns.SECRETS);
    all.addAll(Patterns.PERSONAL);
    return all;
  }

  private static PatternGuardrail guardrail(Action action) {
    return new PatternGuardrail(EVERYTHING, action);
  }

  private static Ruling.Redact redacted(String text) {
    Ruling ruling = guardrail(Action.REDACT).check(new Passage(Direction.ANSWER, text));
    return ruling instanceof Ruling.Redact redact ? redact : new Ruling.Redact(List.of(), List.of());
  }

  @ParameterizedTest
  @MethodSource("dev.auriga.guard.PatternTable#rows")
  void table_isKept(List<String> tokens, String text) {
    for (String around : List.of("%s", "before %s after", "(%s)", "\"%s\"", "x\n%s\ny")) {
      assertThat(redacted(around.replace("%s", text)).hits().stream().map(Hit::token))
          .as(around)
          .isEqualTo(tokens);
    }
  }

  @Test
  void theTableIsLong_andHasEveryToken() {
    List<PatternTable.Row> rows = PatternTable.read();
    Set<String> tokens = new TreeSet<>();
    rows.forEach(row -> tokens.addAll(row.tokens()));

    assertThat(tokens).isEqualTo(new TreeSet<>(EVERYTHING));
    assertThat(rows.stream().filter(row -> row.tokens().isEmpty())).hasSizeGreaterThan(70);
    assertThat(rows.stream().filter(row -> !row.tokens().isEmpty())).hasSizeGreaterThan(80);
  }

  @Test
  void secret_isMaskedWhole_andItsNameStays() {
    String text = "AccountKey=" + "a".repeat(86) + "==; mail jane@example.org, now";
    assertThat(redacted(text).apply(text))
        .isEqualTo("AccountKey=[redacted:azure-storage-key]; mail [redacted:email], now");
    String url = "postgres://app:hunter2x@db.example/";
    assertThat(redacted(url).apply(url)).isEqualTo("postgres://app:[redacted:url-password]@db.example/");
  }

  @Test
  void actions_leadToTheirRulings() {
    Passage passage = new Passage(Direction.REQUEST, "a@example.org and b@example.org, 4111111111111111");
    assertThat(guardrail(Action.ANNOTATE).check(passage))
        .isEqualTo(new Ruling.Allow(List.of("card-number: 1", "email: 2")));
    assertThat(guardrail(Action.DENY).check(passage))
        .isEqualTo(
            new Ruling.Deny(
                "card-number",
                "the text contains what must not pass: card-number, email",
                List.of("card-number: 1", "email: 2")));
    assertThat(new PatternGuardrail(Set.of("iban"), Action.DENY).check(passage)).isEqualTo(Ruling.pass());
  }

  @Test
  void unknownPattern_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PatternGuardrail(Set.of("email", "e-mail"), Action.DENY))
        .withMessageContaining("[e-mail]")
        .withMessageContaining("iban");
  }

  @Test
  void streamedText_isTheSameWhereverItIsCut() {
    List<PatternTable.Row> rows = PatternTable.read();
    Seeds.each(
        400,
        random -> {
          String text = collage(random, rows);
          Ruling.Redact whole = redacted(text);
          GuardedText stream = guardrail(Action.REDACT).streamed();
          StringBuilder out = new StringBuilder();
          for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(random.nextInt(40) + 1));
            out.append(stream.feed(text.substring(at, end)));
            at = end;
          }
          out.append(stream.finish());
          assertThat(out.toString()).isEqualTo(whole.apply(text));
          assertThat(stream.ruling() instanceof Ruling.Redact redact ? redact.hits() : List.of()).isEqualTo(whole.hits());
        });
  }

  @ParameterizedTest
  @MethodSource("dev.auriga.guard.PatternTable#rows")
  void everyRow_isTheSameAtEverySplit(List<String> tokens, String row) {
    String text = "It is " + row + " indeed.";
    Ruling.Redact whole = redacted(text);
    for (int cut = 0; cut <= text.length(); cut++) {
      GuardedText stream = guardrail(Action.REDACT).streamed();
      String out = stream.feed(text.substring(0, cut)) + stream.feed(text.substring(cut)) + stream.finish();
      assertThat(out).as("cut at %d", cut).isEqualTo(whole.apply(text));
    }
  }

  /// Rows run together, with words, cut pieces and separators between them.
  private static String collage(Random random, List<PatternTable.Row> rows) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      String row = rows.get(random.nextInt(rows.size())).text();
      text.append(random.nextInt(3) == 0 ? row.substring(random.nextInt(row.length())) : row);
      text.append(new String[] {" ", "", "\n", "-", ".", " und ", "=", "@", ":"}[random.nextInt(9)]);
    }
    return text.toString();
  }

  @Test
  void deniedStream_letsNothingOfTheSecretThrough() {
    String secret = "sk-ant-api03-" + "Ab3".repeat(31);
    GuardedText stream = guardrail(Action.DENY).streamed();
    StringBuilder out = new StringBuilder();
    for (char each : ("The key is " + secret + ", and more").toCharArray()) {
      out.append(stream.feed(String.valueOf(each)));
    }
    out.append(stream.finish());
    assertThat(out.toString()).isEqualTo("The key is ");
    assertThat(stream.isDenied()).isTrue();
    assertThat(stream.ruling()).isInstanceOf(Ruling.Deny.class);
  }

  @Test
  void ordinaryText_isHeldBackByNoMoreThanAWord() {
    GuardedText stream = guardrail(Action.REDACT).streamed();
    String text = "The quick brown fox - it is said - jumps over 13 lazy dogs; f(x) = 2x + 1, and so on. ";
    int fed = 0;
    int released = 0;
    for (char each : text.repeat(20).toCharArray()) {
      fed++;
      released += stream.feed(String.valueOf(each)).length();
      assertThat(fed - released).isLessThanOrEqualTo(12);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", "eyJ", "eyJa-", "sk-", "-----BEGIN RSA PRIVATE KEY-----", "-", "-----BEGIN ", "1", "1 ", "1-", "1.", "+1",
        "a@", "a@b.", "@a.", "http://", "a://b:", "A", "DE89 ", "2001:", "2:", "(", ";password=", "Authorization: Bearer a",
        "AccountKey=", "?sig=", "a.b", "https://hooks.slack.com/services/", "AWS_SECRET_ACCESS_KEY = "
      })
  void whatIsHeldBack_isBounded(String piece) {
    String text = piece.repeat(40_000 / piece.length());
    List<Rule> rules = Patterns.rules(EVERYTHING);
    HitScanner scanner = new HitScanner(rules, new Nobody());
    int most = 0;
    for (int at = 0; at < text.length(); at += 7) {
      scanner.feed(text.substring(at, Math.min(text.length(), at + 7)));
      most = Math.max(most, scanner.held());
    }
    assertThat(most).isLessThanOrEqualTo(Rule.REACH + Rule.REACH / 16 + 8);
  }

  private record Nobody() implements HitScanner.Listener {
    @Override
    public void plain(CharSequence text) {}

    @Override
    public void hit(Hit hit) {}
  }

  @Test
  void codeAndProse_areNotHit() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root.resolve("core/src/main"))) {
      List<Path> pages = List.of(root.resolve("README.md"), root.resolve("ARCHITECTURE.md"));
      for (Path file : Stream.concat(files.filter(Files::isRegularFile), pages.stream()).toList()) {
        redacted(Files.readString(file)).hits().forEach(hit -> found.add(hit.token() + " in " + file.getFileName()));
      }
    }
    assertThat(found).isEmpty();
  }
}
