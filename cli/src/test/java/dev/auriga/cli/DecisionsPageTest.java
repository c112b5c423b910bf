// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.Assembler;
import dev.auriga.PolicyCheck;
import dev.auriga.config.Config;
import dev.auriga.config.ConfigFile;
import dev.auriga.config.PolicyCaseFile;
import dev.auriga.dialect.Json;
import dev.auriga.observe.RequestRecord;
import dev.auriga.records.RecordJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What docs/decisions.md shows is so.
class DecisionsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "decisions.md");
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  /// The block of that language that begins so.
  private static String block(String language, String beginning) throws IOException {
    return BLOCK.matcher(Files.readString(PAGE)).results()
        .filter(found -> found.group(1).equals(language) && found.group(2).startsWith(beginning))
        .map(found -> found.group(2))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no block that begins with " + beginning));
  }

  private Config config() throws IOException {
    return ConfigFile.parse(block("yaml", "providers:"), folder.resolve("auriga.yaml"), Map.of());
  }

  @Test
  void theKeysOfRecords_areRead() throws IOException {
    String file = block("yaml", "records:") + block("yaml", "providers:");
    Config.Records records = ConfigFile.parse(file, folder.resolve("auriga.yaml"), Map.of()).records();
    assertThat(records)
        .isEqualTo(Config.Records.USUAL.in(folder.resolve("decisions.jsonl").toAbsolutePath().normalize()));
  }

  @Test
  void theTests_hold() throws IOException {
    Path tests = Files.writeString(folder.resolve("policy.yaml"), block("yaml", "tests:"));
    Config config = config();
    PolicyCheck check =
        new PolicyCheck(
            config, Assembler.policy(config, Assembler.Parts.usual()), Instant.parse("2026-11-01T00:00:00Z"));
    assertThat(check.run(PolicyCaseFile.read(tests, config))).isEmpty();
  }

  @Test
  void theRecord_isReadAndWrittenSo() throws IOException {
    String shown = block("json", "{");
    RequestRecord record = RecordJson.read(shown.getBytes(StandardCharsets.UTF_8));
    assertThat(Json.read(Json.write(RecordJson.write(record)))).isEqualTo(Json.read(shown));
  }

  @Test
  void everyFieldOfTheRecord_isNamedOnThePage() throws IOException {
    List<String> fields = new ArrayList<>();
    collect(Json.read(block("json", "{")), fields);
    String page = BLOCK.matcher(Files.readString(PAGE)).replaceAll("");
    assertThat(fields).isNotEmpty().allSatisfy(field -> assertThat(page).contains("`" + field + "`"));
  }

  /// The names of fields, but for those that are names of deployments.
  private static void collect(JsonNode node, List<String> fields) {
    if (node.isObject()) {
      node.propertyStream()
          .forEach(
              property -> {
                fields.add(property.getKey());
                boolean named = property.getKey().equals("cooldowns-ms") || property.getKey().equals("speeds");
                if (!named) {
                  collect(property.getValue(), fields);
                }
              });
    } else if (node.isArray()) {
      node.forEach(each -> collect(each, fields));
    }
  }
}
