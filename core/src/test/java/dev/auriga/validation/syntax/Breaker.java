// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.syntax;

import dev.auriga.dialect.Json;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Breaks JSON as models do.
final class Breaker {
  private static final String[] NOISE = {
    "{", "}", "[", "]", ",", ":", "\"", "'", "\\", "//", "/*", "#", "```", "1", "x", "\n", "True", "“", "\u0000", " "
  };
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))", Pattern.DOTALL);

  private Breaker() {}

  /// `tree` written in ways that are no JSON but say the same.
  static String sloppy(Random random, JsonNode tree) {
    String body = value(random, tree);
    return switch (random.nextInt(5)) {
      case 0 -> "```json\n" + body + "\n```";
      case 1 -> "Here it is:\n" + body + "\nThat is all.";
      case 2 -> "\uFEFF" + body;
      case 3 -> "Well.\n```\n" + body + "\n```\nDone.";
      default -> body;
    };
  }

  private static String spaced(Random random, JsonNode node) {
    return space(random) + value(random, node) + space(random);
  }

  private static String value(Random random, JsonNode node) {
    StringBuilder out = new StringBuilder();
    if (node.isObject()) {
      out.append('{');
      int left = node.size();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        out.append(name(random, member.getKey())).append(space(random)).append(':');
        out.append(spaced(random, member.getValue())).append(comma(random, --left));
      }
      out.append(space(random)).append('}');
    } else if (node.isArray()) {
      out.append('[');
      int left = node.size();
      for (JsonNode item : node) {
        out.append(spaced(random, item)).append(comma(random, --left));
      }
      out.append(space(random)).append(']');
    } else if (node.isString()) {
      out.append(text(random, node.asString()));
    } else {
      String plain = Json.raw(node).text();
      boolean python = random.nextBoolean() && !node.isNumber();
      out.append(python ? python(plain) : plain);
    }
    return out.toString();
  }

  private static String python(String word) {
    return switch (word) {
      case "true" -> "True";
      case "false" -> "False";
      default -> "None";
    };
  }

  private static String name(Random random, String name) {
    boolean bare = name.matches("[A-Za-z_][A-Za-z0-9_]*") && random.nextInt(3) == 0;
    return space(random) + (bare ? name : text(random, name));
  }

  private static String text(Random random, String text) {
    String json = Json.raw(Json.text(text)).text();
    String inner = json.substring(1, json.length() - 1);
    return switch (random.nextInt(4)) {
      case 0 -> "'" + inner.replace("\\\"", "\"").replace("'", "\\'") + "'";
      case 1 -> json.contains("\\\\") ? json : json.replace("\\n", "\n").replace("\\t", "\t");
      case 2 -> "“x”".equals(text) ? json : "“" + inner + "”";
      default -> json;
    };
  }

  private static String comma(Random random, int left) {
    return left > 0 || random.nextInt(3) == 0 ? "," : "";
  }

  private static String space(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> " ";
      case 1 -> "\n  ";
      case 2 -> " // a note {\n";
      case 3 -> "/* [1, */";
      case 4 -> "\u00A0";
      case 5 -> "# well,\n";
      default -> "";
    };
  }

  /// `text` with a few characters lost, doubled or put in, or cut.
  static String damaged(Random random, String text) {
    StringBuilder broken = new StringBuilder(text);
    for (int i = random.nextInt(4); i >= 0 && broken.length() > 2; i--) {
      int at = random.nextInt(broken.length());
      switch (random.nextInt(4)) {
        case 0 -> broken.deleteCharAt(at);
        case 1 -> broken.insert(at, NOISE[random.nextInt(NOISE.length)]);
        case 2 -> broken.insert(at, broken.substring(at, Math.min(broken.length(), at + random.nextInt(9))));
        default -> broken.setLength(Math.max(2, broken.length() - random.nextInt(9)));
      }
    }
    return broken.toString();
  }

  /// `text` with every escape read.
  static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            found -> {
              String code = found.group(1);
              String plain =
                  code != null
                      ? Character.toString((char) Integer.parseInt(code, 16))
                      : switch (found.group(2)) {
                        case "n" -> "\n";
                        case "t" -> "\t";
                        case "r" -> "\r";
                        case "b" -> "\b";
                        case "f" -> "\f";
                        default -> "\"\\/'‘’‚‛".contains(found.group(2)) ? found.group(2) : found.group();
                      };
              return Matcher.quoteReplacement(plain);
            });
  }
}
