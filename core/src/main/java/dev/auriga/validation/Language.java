// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which language a text is in, told by its script and, where several languages share one, by their
/// commonest words.
///
/// Says nothing rather than guess: of texts with few of these words, of two languages in about equal
/// parts, and of code. Languages other than [#KNOWN] are not told apart from them.
public final class Language {
  /// Languages with a script of their own here.
  private static final Map<String, String> SCRIPTS =
      Map.ofEntries(
          Map.entry("HIRAGANA", "ja"), Map.entry("KATAKANA", "ja"), Map.entry("HANGUL", "ko"),
          Map.entry("HAN", "zh"), Map.entry("GREEK", "el"), Map.entry("HEBREW", "he"),
          Map.entry("THAI", "th"), Map.entry("ARABIC", "ar"), Map.entry("DEVANAGARI", "hi"));

  /// Short, frequent words that few neighbours share.
  private static final Map<String, Set<String>> WORDS =
      Map.ofEntries(
          words("en", "the of and to is that it for was with are this be have not you which from they what"),
          words("de", "der die das und ist nicht ein eine mit für auf den von zu sich auch wird dem sind werden"),
          words("fr", "le la les des est et une dans que pour qui pas sur avec sont du au cette ce nous"),
          words("es", "el los las que una por con para es del se como más pero son este está también muy lo"),
          words("it", "il di che per una non sono con del della le gli nel alla più anche questo come essere è"),
          words("pt", "o os uma não que com para do da em por mais são dos das também você ao como está"),
          words("nl", "de het een van en is dat niet op met voor zijn ook maar wordt aan door deze bij naar"),
          words("sv", "och att det som en är på för med inte av till den ett har om kan från vi jag"),
          words("da", "og at det som en er på for med ikke af til den et har kan fra jeg hvad være"),
          words("pl", "i w nie na się z do jest że to jak ale przez oraz są dla tego może być od"),
          words("cs", "a je se na že to v s do jako pro ale které nebo být jsou také může tento od"),
          words("tr", "ve bir bu için ile da de çok olarak daha değil ne gibi olan kadar var sonra ama her en"),
          words("ru", "и в не на что с по это как из он к но для или от так его был также"),
          words("uk", "і в не на що з як це до та але для або від він є був також які щоб"));

  /// The languages that can be told (ISO 639-1).
  public static final Set<String> KNOWN = known();

  private static final int LEAST_WORDS = 4;
  private static final int LEAST_LETTERS = 8;
  private static final double MARGIN = 1.4;

  private Language() {}

  private static Map.Entry<String, Set<String>> words(String language, String words) {
    return Map.entry(language, Set.of(words.split(" ")));
  }

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(WORDS.keySet());
    known.addAll(SCRIPTS.values());
    return Collections.unmodifiableSet(known);
  }

  /// The language of `text`, without its code blocks and addresses, where it can be told.
  public static Optional<String> of(String text) {
    String prose = withoutCode(text);
    Map<Character.UnicodeScript, Integer> scripts = new EnumMap<>(Character.UnicodeScript.class);
    prose
        .codePoints()
        .filter(Character::isLetter)
        .forEach(letter -> scripts.merge(Character.UnicodeScript.of(letter), 1, Integer::sum));
    int letters = scripts.values().stream().mapToInt(Integer::intValue).sum();
    if (letters < LEAST_LETTERS) {
      return Optional.empty();
    }
    // Japanese is written in Han letters, too, but not without kana.
    int kana = count(scripts, Character.UnicodeScript.HIRAGANA) + count(scripts, Character.UnicodeScript.KATAKANA);
    int han = count(scripts, Character.UnicodeScript.HAN);
    if (kana * 10 > letters && (kana + han) * 2 > letters) {
      return Optional.of("ja");
    }
    for (Map.Entry<Character.UnicodeScript, Integer> script : scripts.entrySet()) {
      if (script.getValue() * 2 > letters) {
        String only = SCRIPTS.get(script.getKey().name());
        return only == null ? byWords(prose) : Optional.of(only);
      }
    }
    return Optional.empty();
  }

  private static int count(Map<Character.UnicodeScript, Integer> scripts, Character.UnicodeScript script) {
    return scripts.getOrDefault(script, 0);
  }

  private static Optional<String> byWords(String prose) {
    Map<String, Integer> hits = new TreeMap<>();
    for (Words.Word word : Words.of(prose)) {
      WORDS.forEach(
          (language, words) -> {
            if (words.contains(word.text())) {
              hits.merge(language, 1, Integer::sum);
            }
          });
    }
    List<Map.Entry<String, Integer>> best =
        hits.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed()).limit(2).toList();
    if (best.isEmpty() || best.getFirst().getValue() < LEAST_WORDS) {
      return Optional.empty();
    }
    boolean clear = best.size() == 1 || best.getFirst().getValue() >= MARGIN * best.getLast().getValue();
    return clear ? Optional.of(best.getFirst().getKey()) : Optional.empty();
  }

  private static String withoutCode(String text) {
    StringBuilder prose = new StringBuilder();
    boolean code = false;
    for (String line : text.split("\n", -1)) {
      if (line.strip().startsWith("```")) {
        code = !code;
      } else if (!code) {
        prose.append(line.replaceAll("`[^`]*`|https?://\\S+", " ")).append('\n');
      }
    }
    return prose.toString();
  }

  /// The English name of a language of [#KNOWN].
  static String name(String language) {
    return Locale.of(language).getDisplayLanguage(Locale.ENGLISH);
  }
}
