// SPDX-License-Identifier: Apache-2.0
package dev.auriga.capability;

import dev.auriga.completion.Modality;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// One thing that can be known of a model, under the key it has in the data and in the file.
///
/// A value is written as one word, or as a list of words where [#isList] says so.
public final class Fact<T> {
  private static final Map<String, Fact<?>> BY_KEY = new LinkedHashMap<>();
  private static final String KNOWN_EFFORTS = String.join(", ", Capabilities.Reasoning.EFFORTS);

  /// Tokens of input and output together, or of input alone where the vendor counts them apart.
  public static final Fact<Integer> CONTEXT = count("context", 1);
  /// Tokens of one answer at most, thinking among them.
  public static final Fact<Integer> OUTPUT = count("output", 1);
  /// What can be put in beside text.
  public static final Fact<Set<Modality>> MODALITIES =
      new Fact<>(
          "modalities", true, "a list of text, image, audio, video, document", Fact::modalities, _ -> true);

  public static final Fact<Boolean> TOOLS = flag("tools");
  /// Whether it can be told to call one tool at a time; Gemini has no words for that.
  public static final Fact<Boolean> PARALLEL_TOOLS = flag("parallel-tools");
  /// Whether it can be made to call a tool, any or a certain one.
  public static final Fact<When> FORCED_TOOLS = when("forced-tools");
  /// Whether arguments can be made to fit their schema.
  public static final Fact<Boolean> STRICT_TOOLS = flag("strict-tools");
  /// Whether a call in the history must carry the signature it came with; Gemini's do.
  public static final Fact<Boolean> SIGNED_CALLS = flag("signed-calls");
  /// Whether a tool's result may hold images and the like.
  public static final Fact<Boolean> MEDIA_IN_RESULTS = flag("media-in-results");
  /// How many letters and digits, no more and no fewer, the id of a call must have; Mistral wants 9.
  public static final Fact<Integer> CALL_ID_LENGTH =
      one("call-id-length", "a whole number from 6 to 40", Integer::valueOf, n -> n >= 6 && n <= 40);

  /// `temperature`, `top_p` and `top_k`.
  public static final Fact<When> SAMPLING = when("sampling");
  /// The lowest is 0.
  public static final Fact<Double> HIGHEST_TEMPERATURE =
      one("highest-temperature", "a number from 0 to 2", Fact::decimal, most -> most >= 0 && most <= 2);
  /// Whether `temperature` and `top_p` may be said together.
  public static final Fact<Boolean> TEMPERATURE_WITH_TOP_P = flag("temperature-with-top-p");
  public static final Fact<Boolean> TOP_K = flag("top-k");
  /// `frequency_penalty` and `presence_penalty`.
  public static final Fact<When> PENALTIES = when("penalties");
  /// `logprobs`, `top_logprobs` and `logit_bias`.
  public static final Fact<When> LOGPROBS = when("logprobs");
  public static final Fact<When> STOP_SEQUENCES = when("stop-sequences");
  public static final Fact<Integer> MOST_STOP_SEQUENCES = count("most-stop-sequences", 1);

  public static final Fact<Capabilities.Mode> THINKING =
      one("thinking", "one of unknown, none, budget, adaptive, effort", Fact::mode, _ -> true);
  /// Whether thinking cannot be turned off.
  public static final Fact<Boolean> ALWAYS_THINKS = flag("always-thinks");
  /// In tokens.
  public static final Fact<Integer> LEAST_THINKING_BUDGET = count("least-thinking-budget", 0);
  public static final Fact<Integer> MOST_THINKING_BUDGET = count("most-thinking-budget", 1);
  /// From little to much.
  public static final Fact<List<String>> EFFORTS =
      new Fact<>(
          "efforts", true, "a list of " + KNOWN_EFFORTS, List::copyOf, Capabilities.Reasoning.EFFORTS::containsAll);
  /// How much it thinks where nothing is said; `none` where it thinks only when it is told to.
  public static final Fact<String> DEFAULT_EFFORT =
      one("default-effort", "one of " + KNOWN_EFFORTS, word -> word, Capabilities.Reasoning.EFFORTS::contains);
  /// Whether it takes tools while it thinks over the Responses API only.
  public static final Fact<Boolean> RESPONSES_FOR_TOOLS = flag("responses-for-tools");

  /// Whether an answer can be made to fit a JSON Schema.
  public static final Fact<Boolean> SCHEMAS = flag("schemas");
  /// Whether an answer can be made a JSON object of any kind.
  public static final Fact<Boolean> JSON_OBJECTS = flag("json-objects");
  /// Whether an answer can be given a format on a request with tools.
  public static final Fact<Boolean> FORMAT_BESIDE_TOOLS = flag("format-beside-tools");
  /// Whether schemas are taken as they are; else only Gemini's subset of JSON Schema is.
  public static final Fact<Boolean> WHOLE_SCHEMAS = flag("whole-schemas");
  /// Whether the last message may be the beginning of the answer; to others it is history.
  public static final Fact<Boolean> PREFILL = flag("prefill");
  /// Whether it is called over the Responses API only.
  public static final Fact<Boolean> RESPONSES_ONLY = flag("responses-only");

  private final String key;
  private final boolean isList;
  private final String form;
  private final Function<List<String>, T> reader;
  private final Predicate<T> fits;

  private Fact(
      String key, boolean isList, String form, Function<List<String>, T> reader, Predicate<T> fits) {
    this.key = key;
    this.isList = isList;
    this.form = form;
    this.reader = reader;
    this.fits = fits;
    BY_KEY.put(key, this);
  }

  public String key() {
    return key;
  }

  public boolean isList() {
    return isList;
  }

  /// The value that `words` say; one word where it is no list. Throws [IllegalArgumentException]
  /// that says what is expected.
  public T read(List<String> words) {
    String said = "must be %s, not \"%s\"".formatted(form, String.join(", ", words));
    T value;
    try {
      value = reader.apply(words);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(said, wrong);
    }
    if (!fits.test(value)) {
      throw new IllegalArgumentException(said);
    }
    return value;
  }

  /// `value`, when it is one this fact can have; else throws [IllegalArgumentException].
  T checked(T value) {
    if (!fits.test(value)) {
      throw new IllegalArgumentException("%s must be %s, not %s".formatted(key, form, value));
    }
    return value;
  }

  /// Every fact there is.
  public static Collection<Fact<?>> all() {
    return Collections.unmodifiableCollection(BY_KEY.values());
  }

  @Override
  public String toString() {
    return key;
  }

  private static <T> Fact<T> one(
      String key, String form, Function<String, T> reader, Predicate<T> fits) {
    return new Fact<>(
        key,
        false,
        form,
        words -> {
          if (words.size() != 1) {
            throw new IllegalArgumentException("one value");
          }
          return reader.apply(words.getFirst());
        },
        fits);
  }

  private static Fact<Boolean> flag(String key) {
    return one(
        key,
        "true or false",
        word ->
            switch (word) {
              case "true", "yes" -> true;
              case "false", "no" -> false;
              default -> throw new IllegalArgumentException(word);
            },
        _ -> true);
  }

  private static Fact<When> when(String key) {
    return one(
        key,
        "true, false or not-while-thinking",
        word ->
            switch (word) {
              case "true", "yes" -> When.ALWAYS;
              case "false", "no", "never" -> When.NEVER;
              case "not-while-thinking" -> When.NOT_WHILE_THINKING;
              default -> throw new IllegalArgumentException(word);
            },
        _ -> true);
  }

  private static Fact<Integer> count(String key, int least) {
    return one(
        key,
        "a whole number from %d to 999999999".formatted(least),
        Integer::valueOf,
        number -> number >= least && number <= 999_999_999);
  }

  private static Double decimal(String word) {
    return new BigDecimal(word).doubleValue();
  }

  private static Capabilities.Mode mode(String word) {
    return Capabilities.Mode.valueOf(upper(word));
  }

  private static Set<Modality> modalities(List<String> words) {
    Set<Modality> modalities = EnumSet.noneOf(Modality.class);
    for (String word : words) {
      if (!word.equals("text")) {
        modalities.add(Modality.valueOf(upper(word)));
      }
    }
    return Collections.unmodifiableSet(modalities);
  }

  private static String upper(String word) {
    if (!word.equals(word.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(word);
    }
    return word.toUpperCase(Locale.ROOT);
  }
}
