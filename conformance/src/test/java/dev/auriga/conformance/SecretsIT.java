// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import dev.auriga.config.Config;
import dev.auriga.sandbox.Faults;
import dev.auriga.sandbox.Simulated;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Keys, prompts and answers are in no log line at any level, and keys in no error and no header,
/// whatever goes wrong.
class SecretsIT {
  private static final String PROMPT = "canary-prompt-31f7";
  private static final String WRONG_KEY = "canary-key-88c2";

  private static final Map<String, String> JSON = Map.of("content-type", "application/json");

  /// What goes wrong, at a provider that was sent the given key.
  private static final List<BiConsumer<Faults.On, String>> FAULTS =
      List.of(
          (on, key) -> {},
          (on, key) -> on.unauthorised(),
          (on, key) -> on.rateLimited(),
          (on, key) -> on.contextTooLong(),
          (on, key) -> on.contentFilter(),
          (on, key) -> on.reset(),
          (on, key) -> on.cutAfter(6),
          (on, key) -> on.withoutTerminal(),
          (on, key) -> on.malformedAfter(6),
          (on, key) -> on.errorEventAfter(6),
          (on, key) -> on.reply(200, JSON, "not JSON"),
          (on, key) ->
              on.reply(401, JSON, "{\"error\": {\"message\": \"wrong key: %s\"}}".formatted(key)),
          (on, key) ->
              on.reply(400, JSON, "{\"error\": {\"message\": \"bad header: %s\"}}".formatted(key)),
          (on, key) -> on.reply(500, Map.of("content-type", "text/plain"), "sent: " + key));

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final AppenderBase<ILoggingEvent> collector =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          String thrown =
              event.getThrowableProxy() == null
                  ? ""
                  : ThrowableProxyUtil.asString(event.getThrowableProxy());
          lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + thrown);
        }
      };
  private Level before;
  private Appender<ILoggingEvent> usual;

  @BeforeEach
  void listen() {
    before = root.getLevel();
    usual = root.getAppender("queue");
    root.detachAppender(usual);
    collector.start();
    root.addAppender(collector);
    root.setLevel(Level.TRACE);
  }

  @AfterEach
  void stopListening() {
    root.setLevel(before);
    root.detachAppender(collector);
    root.addAppender(usual);
  }

  @Test
  void areNowhere() throws IOException, InterruptedException {
    List<Told> told = new ArrayList<>();
    List<String> keys = new ArrayList<>(List.of(Rig.KEY, WRONG_KEY));
    try (Rig rig = Rig.start()) {
      Arrays.stream(Simulated.values()).map(rig.sandbox()::key).forEach(keys::add);
      for (BiConsumer<Faults.On, String> fault : FAULTS) {
        try (Rig.Running running = rig.serve(config(rig))) {
          rig.reset();
          for (Simulated provider : Simulated.values()) {
            fault.accept(rig.sandbox().faults().on(provider), rig.sandbox().key(provider));
          }
          for (Wire client : Wire.values()) {
            ask(running, client, told);
          }
          rig.callsWhenQuiet();
        }
      }
    }
    assertThat(lines)
        .filteredOn(line -> line.startsWith("auriga.requests "))
        .as("request lines")
        .hasSizeGreaterThan(100);
    assertThat(told).allSatisfy(each -> assertNone(each.headers().map() + each.body(), keys));
    assertThat(lines).allSatisfy(line -> assertNone(line, keys));
    assertThat(lines).noneMatch(line -> line.contains(PROMPT));
    assertThat(told)
        .filteredOn(each -> each.status() != 200)
        .noneMatch(each -> each.body().contains(PROMPT));
  }

  private static void ask(Rig.Running running, Wire client, List<Told> told)
      throws IOException, InterruptedException {
    for (String deployment : List.of("claude-sonnet-4-5", "gpt-4o", "gemini-2.5-pro")) {
      told.add(Told.by(client.request(running.address(), deployment, PROMPT, false)));
      told.add(Told.by(client.request(running.address(), deployment, PROMPT, true)));
    }
    told.add(Told.by(client.request(running.address(), "nobody", PROMPT, false)));
    String path = client.path("gpt-4o", false);
    told.add(
        Told.by(
            client.post(running.address(), path, "{\"model\": \"gpt-4o\", \"" + PROMPT).build()));
    told.add(
        Told.by(
            client
                .post(
                    running.address(),
                    path,
                    "{\"model\": \"gpt-4o\", \"messages\": " + PROMPT + "}")
                .build()));
    HttpRequest.Builder wrong = HttpRequest.newBuilder(running.address().resolve(path));
    told.add(
        Told.by(
            client
                .keyed(wrong, WRONG_KEY)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build()));
    told.add(
        Told.by(
            HttpRequest.newBuilder(running.address().resolve(path + "?key=" + WRONG_KEY))
                .GET()
                .build()));
  }

  private static Config config(Rig rig) {
    return rig.config()
        .timeouts(
            new Config.Timeouts(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10)))
        .retries(new Config.Retries(1, 2, Duration.ofMillis(2), Duration.ofSeconds(30)))
        .build();
  }

  private static void assertNone(String text, List<String> keys) {
    keys.forEach(key -> assertThat(text).doesNotContain(key));
  }
}
