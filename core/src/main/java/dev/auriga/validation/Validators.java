// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// Makes validators of [Check]s.
///
/// @param schemas compiles what is checked against
/// @param tokens estimates the tokens of a text
public record Validators(Schemas schemas, ToLongFunction<String> tokens) {

  /// The validator for `check`, for answers to a request that offered `tools`. Throws
  /// [IllegalArgumentException] for a pattern that is none.
  public Validator of(Check check, List<Tool> tools) {
    return switch (check) {
      case Check.Json json -> new JsonValidator(json.schema(), schemas);
      case Check.ToolCalls _ -> new ToolCallValidator(tools, schemas);
      case Check.Length length -> new LengthValidator(length, tokens);
      case Check.Languages languages -> new LanguageValidator(languages.allowed());
      case Check.NotEmpty _ -> Endings::notEmpty;
      case Check.NotTruncated _ -> Endings::notTruncated;
      case Check.NotRepetitive repetitive -> new RepetitionValidator(repetitive.most());
      case Check.NotRefused _ -> new RefusalValidator();
      case Check.Matches matches -> PatternValidator.wanting(matches.pattern());
      case Check.Avoids avoids -> PatternValidator.unwanting(avoids.pattern());
      case Check.Own own -> own.validator();
    };
  }

  /// All of `checks` together, their findings in that order.
  public Validator of(List<Check> checks, List<Tool> tools) {
    List<Validator> all = checks.stream().map(check -> of(check, tools)).toList();
    return answer -> findings(all, answer);
  }

  private static List<Finding> findings(List<Validator> all, Completion answer) {
    List<Finding> findings = new ArrayList<>();
    all.forEach(each -> findings.addAll(each.check(answer)));
    return List.copyOf(findings);
  }
}
