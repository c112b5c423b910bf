// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MembersTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static SequencedMap<String, byte[]> members(String... namesAndValues) {
    SequencedMap<String, byte[]> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put(namesAndValues[i], bytes(namesAndValues[i + 1]));
    }
    return members;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{}                         | {\"x\":1,\"y\":[2]}",
        " { \"a\" : 1.50 }          | {\"x\":1,\"y\":[2], \"a\" : 1.50 }",
        "{\"x\":null,\"a\":\"é{\"}  | {\"y\":[2],\"x\":null,\"a\":\"é{\"}",
        "{\"a\":{\"x\":5}}          | {\"x\":1,\"y\":[2],\"a\":{\"x\":5}}",
        "{\"y\":0,\"x\":{}}         | {\"y\":0,\"x\":{}}",
      })
  void add_putsWhatIsMissing_andLeavesTheRestAsItWas(String object, String expected) {
    assertThat(text(Members.add(bytes(object), members("x", "1", "y", "[2]"))).strip()).isEqualTo(expected);
  }

  @Test
  void add_ofWhatIsThere_isTheSameArray() {
    byte[] object = bytes("{\"x\":1}");
    assertThat(Members.add(object, members("x", "2"))).isSameAs(object);
  }

  @Test
  void of_findsTheBytesOfTheTopLevelAlone() {
    String object =
        "{ \"text\":\"é \\\"usage\\\":1\", \"usage\" : {\"cost\": 0.10} , \"n\":-1.5e3,\"s\":\"a\\\"b\",\"l\":[1,{}],"
            + "\"t\":true,\"z\":null,\"inner\":{\"usage\":2}}";
    Map<String, String> found =
        Members.of(bytes(object), Set.of("usage", "n", "s", "l", "t", "z", "absent")).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> text(each.getValue())));
    assertThat(found)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "usage", "{\"cost\": 0.10}", "n", "-1.5e3", "s", "\"a\\\"b\"", "l", "[1,{}]", "t", "true",
                "z", "null"));
    assertThat(Members.of(bytes("[1]"), Set.of("usage"))).isEmpty();
  }
}
