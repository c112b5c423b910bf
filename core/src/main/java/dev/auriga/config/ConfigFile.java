// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.config.ConfigProblems.Place;
import dev.auriga.config.ConfigProblems.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `auriga.yaml` (or the same as JSON) whole and checks it whole.
public final class ConfigFile {
  private static final long MOST_BYTES = 1 << 20;

  private ConfigFile() {}

  /// As [#read(Path, Map)] with this process's environment.
  public static Config read(Path file) {
    return read(file, System.getenv());
  }

  /// The file's configuration. `environment` is what `${env:NAME}` refers to. Throws
  /// [ConfigProblems] with everything that is wrong; nothing is read half.
  public static Config read(Path file, Map<String, String> environment) {
    return parse(text(file), file, environment);
  }

  /// The text of `file`; throws [ConfigProblems] when it cannot be read.
  static String text(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw unreadable(file, "over 1 MiB");
      }
      return Files.readString(file);
    } catch (CharacterCodingException notText) {
      throw unreadable(file, "not UTF-8 text");
    } catch (IOException absent) {
      throw unreadable(
          file,
          Files.exists(file) ? "cannot be read: " + absent.getMessage() : "there is no such file");
    }
  }

  /// The configuration `text` says; `file` gives the name for messages, the folder for
  /// `${file:PATH}`, and by `.json` the format. It need not exist.
  public static Config parse(String text, Path file, Map<String, String> environment) {
    String name = String.valueOf(file.getFileName());
    Findings findings = new Findings();
    Section root = document(text, file, environment, findings);
    if (root == null) {
      if (findings.isEmpty()) {
        findings.add(empty());
      }
      throw new ConfigProblems(name, findings.problems());
    }
    Config.Builder builder = new ConfigReader(root).read();
    TreeChecks.run(builder, findings);
    if (!findings.isEmpty()) {
      throw new ConfigProblems(name, findings.problems());
    }
    return builder.build();
  }

  /// What `text` says at its root; null when it says nothing, or cannot be read, which is then found.
  static @Nullable Section document(
      String text, Path file, Map<String, String> environment, Findings findings) {
    boolean isJson = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".json");
    Node document = DocumentReader.read(text, isJson, findings);
    if (document == null || document instanceof Node.Nothing) {
      return null;
    }
    findings.note("", document.place());
    Path folder = file.toAbsolutePath().getParent();
    References references =
        new References(folder == null ? file.toAbsolutePath() : folder, environment, findings);
    return Section.of(document, "", findings, references);
  }

  private static Problem empty() {
    return new Problem(
        "",
        new Place(1, 1),
        "nothing is in it",
        """
        the least it says is
          providers: { first: { kind: anthropic, api-key: "${env:ANTHROPIC_API_KEY}" } }
          deployments: { claude-sonnet-4-5: { provider: first } }""");
  }

  private static ConfigProblems unreadable(Path file, String why) {
    return new ConfigProblems(file.toString(), List.of(new Problem("", null, why, null)));
  }
}
