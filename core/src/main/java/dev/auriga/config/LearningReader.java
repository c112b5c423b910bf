// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what the file says about learning.
final class LearningReader {
  /// Instead of a task: what holds for all of them.
  private static final String ALL = "all";

  private final Section section;
  private final Findings findings;

  LearningReader(Section section) {
    this.section = section;
    this.findings = section.findings();
  }

  LearningConfig read() {
    LearningConfig usual = LearningConfig.USUAL;
    Double exploration = section.parsed("exploration", LearningReader::exploration);
    LearningConfig learning =
        new LearningConfig(
            exploration == null ? usual.exploration() : exploration,
            count("least-outcomes", usual.leastOutcomes()),
            count("most-of-one-caller", usual.mostOfOneCaller()),
            count("prior-weight", usual.priorWeight()),
            priors());
    section.finish();
    return learning;
  }

  private int count(String key, int usual) {
    Integer count =
        section.parsed(
            key,
            text -> {
              int number = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : 0;
              if (number < 1 || number > 1_000_000) {
                throw new IllegalArgumentException(
                    "must be a whole number from 1 to 1000000, not \"%s\"".formatted(text));
              }
              return number;
            });
    return count == null ? usual : count;
  }

  private static double exploration(String text) {
    double share = Units.share(text);
    if (share > 0.5) {
      throw new IllegalArgumentException("must be a share from 0% to 50%, not \"" + text + "\"");
    }
    return share;
  }

  private Map<LearningConfig.Skill, Double> priors() {
    Map<LearningConfig.Skill, Double> priors = new LinkedHashMap<>();
    section.each(
        "priors",
        (name, node, path) -> {
          Optional<Task> task = Task.of(name);
          if (task.isEmpty() && !name.equals(ALL)) {
            List<String> known = new ArrayList<>(Task.names());
            known.add(ALL);
            findings.unknown(path, "unknown task \"%s\"".formatted(name), name, known);
          }
          qualities(section.of(node, path), task.orElse(null), priors);
        });
    return priors;
  }

  private static void qualities(
      Section models, @Nullable Task task, Map<LearningConfig.Skill, Double> priors) {
    for (String model : models.names()) {
      Double quality = models.parsed(model, LearningReader::quality);
      if (quality != null) {
        priors.put(new LearningConfig.Skill(task, model), quality);
      }
    }
  }

  private static double quality(String text) {
    double share = Units.share(text);
    if (share <= 0 || share >= 1) {
      throw new IllegalArgumentException("a quality is more than 0% and less than 100%, not " + text);
    }
    return share;
  }
}
