// SPDX-License-Identifier: Apache-2.0
package dev.auriga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.config.Config;
import dev.auriga.config.ConfigFile;
import dev.auriga.config.LearningConfig;
import dev.auriga.config.RouteConfig;
import dev.auriga.route.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/routing.md` says what is so: its files are read, and its figures are the code's.
class RoutingPageTest {
  private static final Path PAGE = Path.of("../docs/routing.md");
  private static final Pattern FILE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "ANTHROPIC_API_KEY", "a", "OPENAI_API_KEY", "b", "CLINIC_KEY", "c", "TRIAL_KEY", "d", "HERE_KEY", "e",
          "THERE_KEY", "f", "AZURE_OPENAI_ENDPOINT", "https://r.openai.azure.com", "AZURE_OPENAI_KEY", "g",
          "OPENROUTER_API_KEY", "h");

  private static List<Config> files() throws IOException {
    List<Config> files = new ArrayList<>();
    Matcher matcher = FILE.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      files.add(ConfigFile.parse(matcher.group(1), Path.of("auriga.yaml"), ENVIRONMENT));
    }
    return files;
  }

  private static void collect(RouteConfig route, Set<Class<?>> kinds) {
    kinds.add(route.getClass());
    route.parts().values().forEach(part -> collect(part, kinds));
  }

  @Test
  void everyFileIsSound_andBuildsWhatRuns() throws IOException {
    List<Config> files = files();
    assertThat(files).hasSize(4);
    for (Config file : files) {
      try (Orchestrator auriga = Orchestrator.of(file)) {
        assertThat(auriga.policy().names()).containsAll(file.routes().keySet());
      }
    }
  }

  @Test
  void everyStrategy_isShown() throws IOException {
    Set<Class<?>> shown = new HashSet<>();
    for (Config file : files()) {
      file.routes().values().forEach(route -> collect(route, shown));
    }
    assertThat(shown).containsExactlyInAnyOrder(RouteConfig.class.getPermittedSubclasses());
  }

  @Test
  void itsFigures_areTheCodes() throws IOException {
    LearningConfig shown = files().getLast().learning();
    LearningConfig usual = LearningConfig.USUAL;
    assertThat(new LearningConfig(
            shown.exploration(), shown.leastOutcomes(), shown.mostOfOneCaller(), shown.priorWeight(), Map.of()))
        .as("the page shows what holds where nothing is said")
        .isEqualTo(usual);
    assertThat(Files.readString(PAGE))
        .contains("`balanced` %.0f %%, `cost` %.0f %%".formatted(
            Route.Best.Mode.BALANCED.band() * 100, Route.Best.Mode.COST.band() * 100));
  }
}
