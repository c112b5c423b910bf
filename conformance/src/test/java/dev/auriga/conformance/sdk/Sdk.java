// SPDX-License-Identifier: Apache-2.0
package dev.auriga.conformance.sdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An official SDK as a client of a gateway, without retries of its own.
public interface Sdk extends AutoCloseable {

  Dialogue open(Wish wish);

  @Override
  void close();

  /// What a dialogue is held with.
  ///
  /// @param thinking tokens to think with; 0 says nothing about thinking
  /// @param weather whether the tool `get_weather` is offered
  record Wish(
      String model, boolean streamed, @Nullable String system, int maxTokens, int thinking, boolean weather) {

    public static Wish of(String model, boolean streamed) {
      return new Wish(model, streamed, null, 4000, 0, false);
    }

    public Wish withSystem(String text) {
      return new Wish(model, streamed, text, maxTokens, thinking, weather);
    }

    public Wish withMaxTokens(int tokens) {
      return new Wish(model, streamed, system, tokens, thinking, weather);
    }

    public Wish withThinking(int tokens) {
      return new Wish(model, streamed, system, maxTokens, tokens, weather);
    }

    public Wish withWeather() {
      return new Wish(model, streamed, system, maxTokens, thinking, true);
    }
  }

  /// Why an answer ended, in the SDK's own constants behind this.
  enum Stop {
    DONE,
    TOOLS,
    LENGTH
  }

  /// One call of a tool.
  record Called(String id, String name, Map<String, Object> arguments) {}

  /// One answer as the SDK understood it.
  ///
  /// @param input every token that went in, cached or not
  /// @param output every token that came out, reasoning included
  /// @param headers the answer's, by names in lower case
  record Heard(
      String text,
      String thinking,
      List<Called> calls,
      Stop stop,
      String model,
      long input,
      long output,
      Map<String, String> headers) {

    /// The first value of each header, by its name in lower case.
    static Map<String, String> headers(Set<String> names, Function<String, List<String>> values) {
      Map<String, String> headers = new TreeMap<>();
      names.forEach(name -> headers.put(name.toLowerCase(Locale.ROOT), values.apply(name).getFirst()));
      return headers;
    }
  }
}
