// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Tool;
import dev.auriga.validation.Finding.Reason;
import java.util.ArrayList;
import java.util.List;

/// Every call names a tool that was offered, with arguments that are a JSON object and fit its
/// schema.
final class ToolCallValidator implements Validator {
  private final OfferedTools tools;
  private final Schemas schemas;

  ToolCallValidator(List<Tool> offered, Schemas schemas) {
    this.tools = OfferedTools.of(offered);
    this.schemas = schemas;
  }

  @Override
  public List<Finding> check(Completion answer) {
    List<Finding> findings = new ArrayList<>();
    int number = 0;
    for (Part part : answer.parts()) {
      if (part instanceof Part.ToolCall call) {
        findings.addAll(check(number++, call));
      }
    }
    return findings;
  }

  private List<Finding> check(int number, Part.ToolCall call) {
    if (!tools.knows(call.name())) {
      return List.of(tools.unknown(number, call.name()));
    }
    RawJson schema = tools.schema(call.name());
    if (schema == null) {
      return List.of();
    }
    String arguments = call.arguments().isBlank() ? "{}" : call.arguments();
    List<Finding> findings =
        JsonFaults.of(
            arguments,
            schema,
            schemas,
            Reason.ARGUMENTS,
            pointer -> new Place.Argument(number, call.name(), pointer));
    if (findings.isEmpty() && !arguments.stripLeading().startsWith("{")) {
      Place root = new Place.Argument(number, call.name(), "");
      return List.of(new Finding(Reason.ARGUMENTS, root, "arguments must be a JSON object", arguments));
    }
    return findings;
  }
}
