// SPDX-License-Identifier: Apache-2.0
package dev.auriga;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Imports go down the ranks only: the table of ARCHITECTURE.md as a test.
class RanksTest {
  private static final Map<String, Integer> RANKS =
      Map.ofEntries(
          Map.entry("completion", 0),
          Map.entry("capability", 1),
          Map.entry("config", 2),
          Map.entry("dialect", 2),
          Map.entry("resilience", 2),
          Map.entry("ledger", 2),
          Map.entry("reasoning", 2),
          Map.entry("provider", 3),
          Map.entry("observe", 5),
          Map.entry("tokens", 3),
          Map.entry("validation", 3),
          Map.entry("guard", 4),
          Map.entry("route", 4),
          Map.entry("consensus", 5),
          Map.entry("records", 6),
          Map.entry("engine", 6),
          Map.entry("", 7));

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.auriga");

  @Test
  void everyImportGoesToALowerRank() {
    List<String> climbing = new ArrayList<>();
    for (JavaClass each : classes) {
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        String from = stage(each);
        String to = stage(dependency.getTargetClass());
        if (to != null && from != null && !from.equals(to) && rank(to) >= rank(from)) {
          climbing.add(dependency.getDescription());
        }
      }
    }
    assertThat(climbing).isEmpty();
  }

  @Test
  void onlyTheRootReadsTheConfiguration() {
    assertThat(classes.stream()
            .filter(each -> !List.of("config", "").contains(String.valueOf(stage(each))))
            .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> "config".equals(stage(dependency.getTargetClass())))
            .map(Dependency::getDescription))
        .isEmpty();
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("dev.auriga.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void jacksonStaysWhereJsonIsReadAndWritten() {
    assertThat(classes.stream()
            .filter(each -> !List.of("capability", "config", "consensus", "dialect", "guard", "ledger", "records", "validation").contains(String.valueOf(stage(each))))
            .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> dependency.getTargetClass().getPackageName().startsWith("tools.jackson"))
            .map(Dependency::getDescription))
        .isEmpty();
  }

  @Test
  void everyPackageIsNullMarked() {
    List<String> unmarked =
        classes.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(each -> !each.isAnnotatedWith(org.jspecify.annotations.NullMarked.class))
            .map(each -> each.getName())
            .toList();
    assertThat(unmarked).isEmpty();
  }

  private static int rank(String stage) {
    Integer rank = RANKS.get(stage);
    if (rank == null) {
      throw new AssertionError("package " + stage + " has no rank; add it to the table in ARCHITECTURE.md and here");
    }
    return rank;
  }

  /// The stage a class belongs to: the first name after `dev.auriga`; null for foreign classes.
  private static String stage(JavaClass each) {
    String name = each.getPackageName();
    if (name.equals("dev.auriga")) {
      return "";
    }
    if (!name.startsWith("dev.auriga.")) {
      return null;
    }
    String rest = name.substring("dev.auriga.".length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }
}
