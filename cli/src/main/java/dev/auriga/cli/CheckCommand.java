// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.Assembler;
import dev.auriga.PolicyCheck;
import dev.auriga.azure.EntraCredentials;
import dev.auriga.config.Config;
import dev.auriga.config.ConfigProblems;
import dev.auriga.config.PolicyCase;
import dev.auriga.config.PolicyCaseFile;
import dev.auriga.dialect.Json;
import dev.auriga.route.Policy;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the configuration as `serve` would and says every problem it has; and runs tests of its policy.
@Command(
    name = "check",
    description = {
      "Reads the configuration as serve would; exit code 1 with every problem listed.",
      "With --tests it also decides the situations of a file and says which expectation does not hold."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin Setting setting = new Setting();

  @Option(
      names = "--tests",
      paramLabel = "FILE",
      description = "Tests of the policy: situations and what is expected in them; nothing is called.")
  @Nullable Path tests;

  @Option(names = "--json", description = "Prints one JSON object, problems included.")
  boolean json;

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    try {
      Config config = setting.read();
      Assembler.Parts parts =
          Assembler.Parts.usual().withObservers(List.of()).withEntra(new EntraCredentials());
      Policy policy = Assembler.policy(config, parts);
      List<PolicyCase> cases = tests == null ? List.of() : PolicyCaseFile.read(tests, config);
      List<PolicyCheck.Failure> failures = new PolicyCheck(config, policy, Instant.now()).run(cases);
      if (json) {
        out.println(Json.raw(sound(config, cases, failures)).text());
      } else {
        print(config, cases, failures, out);
      }
      return failures.isEmpty() ? 0 : 1;
    } catch (ConfigProblems problems) {
      if (!json) {
        throw problems;
      }
      out.println(Json.raw(unsound(problems)).text());
      return 1;
    } finally {
      out.flush();
    }
  }

  private void print(
      Config config, List<PolicyCase> cases, List<PolicyCheck.Failure> failures, PrintWriter out) {
    out.printf(
        "sound: %d providers, %d deployments, %d routes, %d keys%n",
        config.providers().size(), config.deployments().size(), config.routes().size(), config.keys().size());
    if (tests != null) {
      long failing = failures.stream().map(PolicyCheck.Failure::test).distinct().count();
      out.println(
          failing == 0
              ? "%s: all %d tests hold".formatted(tests, cases.size())
              : "%s: %d of %d tests do not hold".formatted(tests, failing, cases.size()));
      failures.forEach(failure -> out.println("  " + failure));
    }
  }

  private ObjectNode sound(
      Config config, List<PolicyCase> cases, List<PolicyCheck.Failure> failures) {
    ObjectNode told =
        Json.object()
            .put("sound", true)
            .put("providers", config.providers().size())
            .put("deployments", config.deployments().size())
            .put("routes", config.routes().size())
            .put("keys", config.keys().size());
    if (tests != null) {
      ArrayNode failing = told.put("tests", cases.size()).putArray("failures");
      for (PolicyCheck.Failure failure : failures) {
        failing
            .addObject()
            .put("test", failure.test())
            .put("line", failure.line())
            .put("what", failure.what())
            .put("expected", failure.expected())
            .put("got", failure.got());
      }
    }
    return told;
  }

  private static ObjectNode unsound(ConfigProblems found) {
    ObjectNode told = Json.object().put("sound", false);
    ArrayNode problems = told.putArray("problems");
    for (ConfigProblems.Problem problem : found.problems()) {
      ObjectNode each = problems.addObject().put("path", problem.path());
      ConfigProblems.Place place = problem.place();
      if (place != null) {
        each.put("line", place.line()).put("column", place.column());
      }
      each.put("message", problem.message()).put("advice", problem.advice());
    }
    return told;
  }
}
