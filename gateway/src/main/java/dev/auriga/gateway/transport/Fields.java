// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.dialect.Headers;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Header fields on their way between the vocabulary of core and the one of Vert.x.
final class Fields {
  private Fields() {}

  static Headers read(MultiMap fields) {
    List<Headers.Field> read = new ArrayList<>(fields.size());
    for (Map.Entry<String, String> field : fields) {
      read.add(new Headers.Field(field.getKey(), field.getValue()));
    }
    return Headers.of(read);
  }

  /// Adds the end-to-end fields of `headers`.
  static void write(Headers headers, MultiMap to) {
    for (Headers.Field field : headers.fields()) {
      if (!field.isOfTheConnection()) {
        to.add(field.name(), field.value());
      }
    }
  }

  /// Whether the sender of `headers` wants the connection closed.
  static boolean close(Headers headers) {
    String connection = headers.first("connection");
    return connection != null && connection.toLowerCase(Locale.ROOT).contains("close");
  }
}
