// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.claim;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The English words the rules know something of.
final class Vocabulary {
  /// Words that say nothing of their own and are left out.
  static final Set<String> EMPTY = words("a an the");

  /// Openings that connect a sentence to the one before and claim nothing.
  static final Set<String> CONNECTING =
      words("therefore thus hence so also overall indeed moreover furthermore additionally consequently accordingly");

  static final Set<String> NEGATIONS =
      words(
          "not never no none nobody nothing nowhere neither without hardly scarcely barely non lack lacks lacking"
              + " fail fails failed unable");

  /// Words that hold a text together and tell nothing of what it is about.
  static final Set<String> FUNCTION =
      words(
          "a an the is are was were be been being am do does did has have had will would of to in on at by for with"
              + " and or but if that this these those it its they them their there here as from than then so which who"
              + " whom whose what when where how why i you he she we his her our your my not no can could may might"
              + " must shall should about into over under up out only also just very more most such any all each both"
              + " some while because since yes");

  /// Words that point to another sentence, or to the order of sentences.
  static final Set<String> POINTING =
      words(
          "it this that they these those he she them its their his her former latter then next first second third"
              + " last finally step above below following previous afterwards later earlier before after");

  private static final Map<String, String> SAME_WORD =
      Map.ofEntries(
          Map.entry("are", "is"), Map.entry("am", "is"), Map.entry("okay", "ok"), Map.entry("whilst", "while"),
          Map.entry("towards", "toward"), Map.entry("colour", "color"), Map.entry("behaviour", "behavior"),
          Map.entry("centre", "center"), Map.entry("favour", "favor"), Map.entry("labour", "labor"),
          Map.entry("licence", "license"), Map.entry("grey", "gray"), Map.entry("programme", "program"),
          Map.entry("shall", "must"), Map.entry("everyone", "everybody"), Map.entry("someone", "somebody"));

  private static final Map<String, String> CLASSES =
      classes(
          "must: must required mandatory obligatory obliged",
          "should: should ought recommended advisable",
          "may: may might could can optional optionally allowed permitted",
          "all: all every each always everybody everything whole entire",
          "some: some sometimes partly partially somebody",
          "most: most mostly usually often generally typically majority",
          "few: few rarely seldom minority",
          "only: only exclusively solely");

  private static final Set<String> MODALS = words("must should may");

  private static final List<String> OPPOSITES =
      List.of(
          "increase decrease", "increases decreases", "increased decreased", "increasing decreasing", "rise fall",
          "rises falls", "rose fell", "up down", "above below", "over under", "before after", "earlier later",
          "first last", "minimum maximum", "least most", "more less", "more fewer", "higher lower", "high low",
          "highest lowest", "larger smaller", "large small", "largest smallest", "bigger smaller", "big small",
          "longer shorter", "long short", "faster slower", "fast slow", "fastest slowest", "better worse", "good bad",
          "best worst", "good poor", "strong weak", "stronger weaker", "true false", "right wrong",
          "correct incorrect", "accept reject", "accepts rejects", "accepted rejected", "approve reject",
          "approved rejected", "approve deny", "allow forbid", "allows forbids", "allowed forbidden",
          "allowed prohibited", "permitted prohibited", "permit prohibit", "allow deny", "allow prevent",
          "allows prevents", "grant deny", "granted denied", "enable disable", "enables disables",
          "enabled disabled", "include exclude", "includes excludes", "included excluded", "including excluding",
          "buy sell", "bought sold", "win lose", "wins loses", "won lost", "pass fail", "passes fails",
          "passed failed", "success failure", "succeed fail", "succeeds fails", "succeeded failed", "safe unsafe",
          "safe dangerous", "safe harmful", "legal illegal", "lawful unlawful", "guilty innocent", "open closed",
          "opened closed", "open shut", "start stop", "started stopped", "start end", "starts ends", "begin end",
          "begins ends", "beginning end", "on off", "in out", "inside outside", "internal external", "public private",
          "positive negative", "profit loss", "gain loss", "asset liability", "add remove", "added removed",
          "add subtract", "insert delete", "with without", "always never", "everybody nobody", "everything nothing",
          "all none", "some none", "any none", "both neither", "present absent", "exists missing", "alive dead",
          "living dead", "hot cold", "warm cool", "wet dry", "full empty", "easy hard", "easy difficult",
          "simple complex", "cheap expensive", "cheaper dearer", "old new", "older newer", "old young",
          "older younger", "early late", "near far", "left right", "north south", "east west", "top bottom",
          "upper lower", "front back", "male female", "man woman", "mandatory optional", "required optional",
          "compulsory voluntary", "temporary permanent", "synchronous asynchronous", "mutable immutable",
          "ascending descending", "import export", "imports exports", "push pull", "send receive", "sends receives",
          "lend borrow", "lends borrows", "accelerate decelerate", "expand contract", "support oppose",
          "supports opposes", "supported opposed", "agree disagree", "agrees disagrees", "love hate", "like dislike",
          "recommended discouraged", "helps harms", "benign malignant", "acute chronic", "agonist antagonist",
          "credit debit", "plaintiff defendant", "buyer seller", "landlord tenant", "employer employee",
          "lender borrower", "possible impossible", "visible hidden", "known unknown", "continue stop",
          "continues stops", "keep discard", "retain delete", "save delete", "encrypted plaintext",
          "odd even", "greater less", "greater smaller", "heavier lighter", "heavy light", "deep shallow",
          "wide narrow", "thick thin", "rich poor", "sharp blunt", "raise lower", "raises lowers", "raised lowered",
          "improve worsen", "improves worsens", "improved worsened", "grow shrink", "grows shrinks", "grew shrank",
          "help hinder", "cause prevent", "causes prevents", "inclusive exclusive", "valid void", "hit miss",
          "remember forget", "ally enemy", "attack defend", "attacks defends", "teacher student", "parent child",
          "master slave", "client server", "input output", "read write", "reads writes", "lock unlock", "yes no");

  private static final Map<String, Set<String>> OPPOSED = opposed();

  private static final List<String> DENYING_PREFIXES = List.of("un", "in", "im", "il", "ir", "dis", "non", "mis");

  private static final Set<String> NO_PLURALS =
      words("news series species physics mathematics always perhaps this thus its his was has does less whereas");

  private Vocabulary() {}

  /// The word that stands for it and its other spellings.
  static String usual(String word) {
    return SAME_WORD.getOrDefault(word, word);
  }

  /// The class of modals or quantifiers the word is of, or the empty text.
  static String classOf(String word) {
    return CLASSES.getOrDefault(word, "");
  }

  static boolean isModal(String wordClass) {
    return MODALS.contains(wordClass);
  }

  /// Whether one of the words denies what the other says.
  static boolean areOpposed(String one, String other) {
    return OPPOSED.getOrDefault(one, Set.of()).contains(other) || denies(one, other) || denies(other, one);
  }

  private static boolean denies(String one, String other) {
    return other.length() >= 4
        && DENYING_PREFIXES.stream().anyMatch(prefix -> one.length() == prefix.length() + other.length()
            && one.startsWith(prefix) && one.endsWith(other));
  }

  /// Singular and plural in one form, only to see what sentences are about.
  static String stem(String word) {
    if (word.length() <= 3 || NO_PLURALS.contains(word) || !word.endsWith("s") || word.endsWith("ss")
        || word.endsWith("us") || word.endsWith("is")) {
      return word;
    }
    if (word.endsWith("ies") && word.length() > 4) {
      return word.substring(0, word.length() - 3) + "y";
    }
    boolean isHissed = Stream.of("ches", "shes", "xes", "sses", "zes").anyMatch(word::endsWith);
    return word.substring(0, word.length() - (isHissed ? 2 : 1));
  }

  private static Map<String, Set<String>> opposed() {
    Map<String, Set<String>> opposed = new HashMap<>();
    for (String pair : OPPOSITES) {
      String[] two = pair.split(" ", -1);
      opposed.computeIfAbsent(two[0], _ -> new HashSet<>()).add(two[1]);
      opposed.computeIfAbsent(two[1], _ -> new HashSet<>()).add(two[0]);
    }
    return opposed;
  }

  private static Map<String, String> classes(String... lines) {
    Map<String, String> classes = new HashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      words(line.substring(colon + 2)).forEach(word -> classes.put(word, line.substring(0, colon)));
    }
    return classes;
  }

  private static Set<String> words(String list) {
    return Arrays.stream(list.split(" ", -1)).collect(Collectors.toUnmodifiableSet());
  }
}
