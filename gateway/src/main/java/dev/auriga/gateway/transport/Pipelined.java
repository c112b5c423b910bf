// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;

/// What a client has sent behind a request that is being served. Belongs to the loop.
final class Pipelined {
  /// Reading less would keep us from noticing that the client leaves; so there is a limit to what waits.
  private static final int MOST_BYTES = 256 * 1024;

  /// What a part of a request takes beside its text, about.
  private static final int PART_BYTES = 256;

  private final ArrayDeque<HttpObject> parts = new ArrayDeque<>();
  private int length;

  /// Takes over `part`; false when it is too much.
  boolean add(HttpObject part) {
    parts.add(part);
    length += bytes(part);
    return length <= MOST_BYTES;
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /// The first part, which is the caller's to release.
  HttpObject next() {
    HttpObject part = parts.remove();
    length -= bytes(part);
    return part;
  }

  /// Drops all of it.
  void release() {
    parts.forEach(ReferenceCountUtil::release);
    parts.clear();
    length = 0;
  }

  private static int bytes(HttpObject part) {
    int bytes = PART_BYTES;
    if (part instanceof HttpRequest head) {
      bytes += head.uri().length();
      for (var field : head.headers()) {
        bytes += field.getKey().length() + field.getValue().length();
      }
    }
    return part instanceof HttpContent content ? bytes + content.content().readableBytes() : bytes;
  }
}
