// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import dev.auriga.dialect.Headers;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Header fields on their way from Netty to the vocabulary of core.
final class Fields {
  private Fields() {}

  static Headers read(HttpHeaders fields) {
    List<Headers.Field> read = new ArrayList<>(fields.size());
    Iterator<Map.Entry<CharSequence, CharSequence>> each = fields.iteratorCharSequence();
    while (each.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = each.next();
      read.add(new Headers.Field(field.getKey().toString(), field.getValue().toString()));
    }
    return Headers.of(read);
  }

  /// Whether the sender of `headers` wants the connection closed.
  static boolean close(Headers headers) {
    String connection = headers.first("connection");
    return connection != null && connection.toLowerCase(Locale.ROOT).contains("close");
  }
}
