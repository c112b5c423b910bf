// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auriga.completion.Refusal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class JsonTest {
  @Test
  void aNameThatStandsTwice_isRefusedByName() {
    assertThatThrownBy(() -> Json.readClient(bytes("{\"a\": {\"b\": 1,\n\"b\": 2}}")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("not valid JSON at line 2")
        .hasMessageEndingWith("Duplicate property \"b\"");
  }

  @Test
  void aNameThatStandsTwice_isNoJsonOfAProvider() {
    assertThatThrownBy(() -> Json.read(bytes("[{\"b\": null, \"b\": null}]"))).isInstanceOf(JacksonException.class);
  }

  @Test
  void theSameNameInTwoObjects_isTaken() {
    assertThat(Json.read("{\"a\":{\"a\":[{\"a\":1},{\"a\":2}]}}").findValues("a")).isNotEmpty();
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
