// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads a file of policy tests whole and checks it whole, against the configuration they are for.
public final class PolicyCaseFile {
  private PolicyCaseFile() {}

  /// The tests in `file`, in their order. Throws [ConfigProblems] with everything that is wrong: keys that
  /// do not exist, names the configuration does not have, tests that expect nothing.
  public static List<PolicyCase> read(Path file, Config config) {
    Findings findings = new Findings();
    List<PolicyCase> cases = new ArrayList<>();
    Section root = ConfigFile.document(ConfigFile.text(file), file, Map.of(), findings);
    if (root != null) {
      Section tests = root.section("tests");
      for (String name : tests.names()) {
        PolicyCase read = new PolicyCaseReader(tests.section(name), config).read(name, tests.line(name));
        if (read != null) {
          cases.add(read);
        }
      }
      root.finish();
    }
    if (cases.isEmpty() && findings.isEmpty()) {
      findings.add(
          "tests",
          "no test in it",
          "as in tests: { code goes to claude: { given: { prompt: debug this }, expect: { served: claude } } }");
    }
    if (!findings.isEmpty()) {
      throw new ConfigProblems(String.valueOf(file.getFileName()), findings.problems());
    }
    return cases;
  }
}
