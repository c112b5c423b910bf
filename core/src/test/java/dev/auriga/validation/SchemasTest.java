// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.auriga.completion.RawJson;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemasTest {
  private final List<String> compiled = new ArrayList<>();
  private final Schemas schemas =
      new Schemas(
          schema -> {
            compiled.add(schema.text());
            if (schema.text().startsWith("!")) {
              throw new Uncheckable("not " + schema.text());
            }
            return _ -> List.of();
          });

  @Test
  void schema_isCompiledOnce() throws Uncheckable {
    assertThat(schemas.of(new RawJson("{}"))).isSameAs(schemas.of(new RawJson("{}")));
    assertThat(compiled).containsExactly("{}");
  }

  @Test
  void unusableSchema_isRefusedAgainWithoutBeingRead() {
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(Uncheckable.class)
          .isThrownBy(() -> schemas.of(new RawJson("!")))
          .withMessage("not !");
    }
    assertThat(compiled).containsExactly("!");
  }

  @Test
  void keptSchemas_areBoundedAndTheLeastUsedGoFirst() throws Uncheckable {
    String filling = "x".repeat(Schemas.MOST_CHARACTERS / 10);
    schemas.of(new RawJson("used"));
    for (int i = 0; i < 40; i++) {
      schemas.of(new RawJson(i + filling));
      schemas.of(new RawJson("used"));
    }
    assertThat(schemas.size()).isEqualTo(10);
    assertThat(compiled.stream().filter("used"::equals)).hasSize(1);
    schemas.of(new RawJson("0" + filling));
    assertThat(compiled.stream().filter(("0" + filling)::equals)).hasSize(2);
  }

  @Test
  void withoutTheModule_whatIsMissingIsSaid() {
    assertThatExceptionOfType(Uncheckable.class)
        .isThrownBy(() -> new Schemas(SchemaCompiler.NONE).of(new RawJson("{}")))
        .withMessageContaining("module schema");
  }
}
