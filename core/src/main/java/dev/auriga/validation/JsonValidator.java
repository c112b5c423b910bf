// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import dev.auriga.completion.Completion;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The text is JSON that fits its schema. An answer that only calls tools has no text to check.
final class JsonValidator implements Validator {
  private final @Nullable RawJson schema;
  private final Schemas schemas;

  JsonValidator(@Nullable RawJson schema, Schemas schemas) {
    this.schema = schema;
    this.schemas = schemas;
  }

  @Override
  public List<Finding> check(Completion answer) {
    String text = answer.text();
    if (text.isBlank() && answer.parts().stream().anyMatch(Part.ToolCall.class::isInstance)) {
      return List.of();
    }
    return JsonFaults.of(text, schema, schemas, Finding.Reason.SCHEMA, Place.Value::new);
  }
}
