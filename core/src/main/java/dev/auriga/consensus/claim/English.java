// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.claim;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells English from other languages by its letters and its commonest words.
final class English {
  private static final Pattern WORD = Pattern.compile("[\\p{L}']+");

  /// Fewer words than these are no sample.
  private static final int FEW = 4;

  /// The commonest words of other languages in Latin letters that English has not.
  private static final Set<String> FOREIGN =
      Set.copyOf(
          Arrays.asList(
              ("der die das und ist nicht ein eine mit von zu den dem auf für sich auch wird sind bei oder nein ja"
                      + " le la les des une est et dans pour pas que qui sur avec sont oui non du au ce cette il elle"
                      + " el los las es y en por para con una del se sí más pero como lo su al"
                      + " il di che è per un della sono della gli nel più anche"
                      + " o os de da do em um uma não são mais com dos das ao"
                      + " het een van niet dat zijn voor met op ook maar"
                      + " och att det som är inte på av til og ikke jest nie się na ve bir bu için")
                  .split(" ", -1)));

  private English() {}

  /// Whether the text is English, as far as can be told; of a few words in Latin letters it is assumed.
  static boolean is(String text) {
    long letters = text.codePoints().filter(Character::isLetter).count();
    long latin = text.codePoints().filter(each -> each < 0x250 && Character.isLetter(each)).count();
    if (letters > 0 && latin * 10 < letters * 9) {
      return false;
    }
    List<String> words =
        WORD.matcher(text.toLowerCase(Locale.ROOT)).results().limit(400).map(found -> found.group()).toList();
    long english = words.stream().filter(word -> Vocabulary.FUNCTION.contains(word) && !FOREIGN.contains(word)).count();
    long foreign = words.stream().filter(word -> FOREIGN.contains(word) && !Vocabulary.FUNCTION.contains(word)).count();
    return words.size() < FEW ? foreign == 0 : foreign == 0 || foreign * 4 < english;
  }
}
