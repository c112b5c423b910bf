// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

import static dev.auriga.guard.PatternRule.DIGITS;
import static dev.auriga.guard.PatternRule.LETTERS;
import static dev.auriga.guard.PatternRule.WORD;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Common personal data that can be told by its form: checked by its checksum where it has one.
final class PersonalRules {
  private static final Set<String> FILES =
      Set.of("png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "ts", "json", "html", "xml", "java");
  private static final Pattern VERSION =
      Pattern.compile("(?i)(?:version|release|build|firmware|v)[ :=]{0,3}$");

  /// Country codes that are assigned (ITU-T E.164), so that a signed number is no phone's.
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "\\+(?:1|7|20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|21[12368]|2[2-6]\\d|29[01789]|35\\d"
              + "|37[0-8]|38[0-79]|42[013]|50\\d|59\\d|67[02-9]|68[0-35-9]|69[0-2]|8[05]\\d|87\\d|88[0-368]|96[0-8]"
              + "|97[0-79]|99[2-68])");

  private PersonalRules() {}

  static final List<Rule> ALL =
      List.of(
          PatternRule.of(
                  "email",
                  LETTERS + DIGITS,
                  "[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}+@(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}+\\.){1,8}[A-Za-z]{2,24}+(?![A-Za-z0-9_-]|@)")
              .apartFrom(WORD + ".%+-@/")
              .when(PersonalRules::isAMailbox),
          new IbanRule(),
          PatternRule.of(
                  "card-number",
                  "23456",
                  "(?:\\d{13,19}+|\\d{4}([ -])\\d{4}\\1\\d{4}\\1\\d{4}|3\\d{3}([ -])\\d{6}\\2\\d{5})(?![\\d_A-Za-z]|-\\d|\\.\\d)")
              .apartFrom(WORD + "-.")
              .when(PersonalRules::isACard),
          PatternRule.of(
                  "us-ssn",
                  "012345678",
                  "(?!000|666)[0-8]\\d{2}-(?!00)\\d{2}-(?!0000)\\d{4}(?![\\w-])")
              .apartFrom(WORD + "-."),
          PatternRule.of("phone", "+", "\\+[1-9](?:[ ().-]{0,2}\\d){7,14}+(?![\\d_A-Za-z])")
              .apartFrom(WORD + "+")
              .when(number -> ASSIGNED.matcher(number).lookingAt()),
          PatternRule.of(
                  "phone",
                  "(",
                  "\\([2-9]\\d{2}\\) ?[2-9]\\d{2}[-. ]\\d{4}(?![\\d_A-Za-z]|-\\d)"),
          PatternRule.of(
                  "phone",
                  "123456789",
                  "(?:1[-.])?[2-9]\\d{2}([-.])[2-9]\\d{2}\\1\\d{4}(?![\\d_A-Za-z]|[-.]\\d)")
              .apartFrom(WORD + "-.+/"),
          new AddressRule(),
          PatternRule.of(
                  "ip-address",
                  "23",
                  "(?i)[23][0-9a-f]{3}:(?:(?:[0-9a-f]{1,4}:){6}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){0,5}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?)(?![0-9a-z:_.])")
              .apartFrom(WORD + ":.")
              .when(address -> address.length() > 6));

  private static boolean isAMailbox(String address) {
    int at = address.indexOf('@');
    String ending = address.substring(address.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return !address.substring(0, at).equals("git") && !FILES.contains(ending);
  }

  private static boolean isACard(String written) {
    String digits = written.replaceAll("\\D", "");
    int length = digits.length();
    boolean issued =
        switch (digits.charAt(0)) {
          case '4' -> length == 13 || length == 16 || length == 19;
          case '5' -> length == 16 && digits.charAt(1) >= '1' && digits.charAt(1) <= '5';
          case '2' -> length == 16 && digits.compareTo("2221") > 0 && digits.compareTo("2721") < 0;
          case '3' -> length == 15 ? digits.matches("3[47].*") : length == 14 && digits.matches("3[068].*");
          case '6' -> length >= 16 && (digits.startsWith("6011") || digits.startsWith("65") || digits.startsWith("62"));
          default -> false;
        };
    return issued && luhn(digits) && digits.chars().distinct().count() > 1;
  }

  private static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighed = i % 2 == 0 ? digit : digit * 2;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 == 0;
  }

  /// Internet addresses, version 4, of somebody: not those of a machine itself, of private networks or
  /// of groups, and not versions, whose numbers are written alike.
  private static final class AddressRule implements Rule {
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private final PatternRule form =
        PatternRule.of("ip-address", DIGITS, "(?:" + OCTET + "\\.){3}" + OCTET + "(?![\\w-]|\\.\\d)").apartFrom(WORD + "-.");

    @Override
    public String token() {
      return form.token();
    }

    @Override
    public boolean mayBegin(char first) {
      return form.mayBegin(first);
    }

    @Override
    public Look look(CharSequence text, int at, boolean whole) {
      if (VERSION.matcher(text.subSequence(Math.max(0, at - BACK / 2), at)).find()) {
        return NOT;
      }
      Look look = form.look(text, at, whole);
      return look instanceof Look.Found found && !isOfSomebody(text.subSequence(found.from(), found.to()).toString())
          ? NOT
          : look;
    }

    private static boolean isOfSomebody(String address) {
      String[] octets = address.split("\\.");
      int first = Integer.parseInt(octets[0]);
      int second = Integer.parseInt(octets[1]);
      boolean ownNetwork =
          first == 10
              || (first == 192 && second == 168)
              || (first == 172 && second >= 16 && second < 32)
              || (first == 169 && second == 254);
      boolean version = address.length() == 7 || address.endsWith(".0.0");
      return first > 0 && first != 127 && first < 224 && !ownNetwork && !version;
    }
  }
}
