// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Replaces `${env:NAME}` by a variable and `${file:PATH}` by a file's text, its last line end
/// apart; a relative path starts at the folder of the configuration. `$${` stands for `${`.
final class References {
  private static final Pattern REFERENCE = Pattern.compile("\\$?\\$\\{([^}]*)}?");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final int MOST_FILE_BYTES = 64 * 1024;

  private final Path folder;
  private final Map<String, String> environment;
  private final Findings findings;

  References(Path folder, Map<String, String> environment, Findings findings) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
    this.findings = findings;
  }

  /// Where relative paths start.
  Path folder() {
    return folder;
  }

  /// `text` with every reference replaced, null when one cannot be; a problem then says so.
  @Nullable String resolve(String path, String text) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder resolved = new StringBuilder();
    boolean whole = true;
    while (matcher.find()) {
      String value = matcher.group().startsWith("$$") ? matcher.group().substring(1) : value(path, matcher);
      whole &= value != null;
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(value == null ? "" : value));
    }
    return whole ? matcher.appendTail(resolved).toString() : null;
  }

  private @Nullable String value(String path, Matcher matcher) {
    String name = matcher.group(1);
    if (!matcher.group().endsWith("}")) {
      findings.add(path, "\"${\" without its \"}\"", "write $${ for the characters themselves");
      return null;
    }
    if (name.startsWith("env:")) {
      return variable(path, name.substring("env:".length()));
    }
    if (name.startsWith("file:")) {
      return file(path, name.substring("file:".length()));
    }
    findings.add(
        path,
        "unknown reference ${%s}".formatted(name),
        VARIABLE.matcher(name).matches()
            ? "did you mean ${env:%s}?".formatted(name)
            : "write ${env:NAME} or ${file:PATH}");
    return null;
  }

  private @Nullable String variable(String path, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      findings.add(
          path,
          "the environment variable %s is %s".formatted(name, value == null ? "not set" : "empty"),
          value == null ? nearVariable(name) : null);
      return null;
    }
    return value;
  }

  private @Nullable String nearVariable(String name) {
    String advice = Nearest.advice(name, environment.keySet());
    return advice != null && advice.startsWith("did") ? advice : null;
  }

  private @Nullable String file(String path, String name) {
    try {
      Path file = folder.resolve(name);
      if (!Files.isRegularFile(file)) {
        findings.add(path, "no file %s".formatted(file));
      } else if (Files.size(file) > MOST_FILE_BYTES) {
        findings.add(path, "%s is over 64 KiB".formatted(file));
      } else {
        return withoutLastLineEnd(Files.readString(file));
      }
    } catch (IOException | InvalidPathException unreadable) {
      findings.add(path, "cannot read the file \"%s\": %s".formatted(name, unreadable.getMessage()));
    }
    return null;
  }

  private static String withoutLastLineEnd(String text) {
    return text.endsWith("\r\n")
        ? text.substring(0, text.length() - 2)
        : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
