// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// One chat request as bytes of HTTP, sent over and over.
record Question(ByteBuf bytes, int events) {
  static final int SMALL = 649;
  static final int LARGE = 50 * 1024;

  /// What says in a request's body how the upstream is to answer: the number of chunks and the time
  /// between them in ms.
  static final String PACE = "bench-";

  /// A request with a body of `size` bytes that is answered whole.
  static Question whole(Contender.Address address, int size) {
    return of(address, body("\"stream\":false", size), 0);
  }

  /// A request that is answered by `chunks` chunks, one each `everyMillis`.
  static Question streamed(Contender.Address address, int chunks, int everyMillis) {
    String pace =
        "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"user\":\"%s%dx%d\""
            .formatted(PACE, chunks, everyMillis);
    return of(address, body(pace, SMALL), chunks);
  }

  /// The model, how it is to be answered, and a conversation that fills up to `size` bytes.
  private static String body(String answered, int size) {
    String head =
        """
        {"model":"gpt-4o",%s,"temperature":0.7,"max_tokens":256,"messages":[\
        {"role":"system","content":"You are a careful assistant. Answer in a few words."},\
        {"role":"user","content":\"""".formatted(answered);
    String tail = "\"}]}";
    String filler = "Tell me about the lighthouse and who keeps it. ";
    int left = size - head.length() - tail.length();
    return head + filler.repeat(left / filler.length() + 1).substring(0, left) + tail;
  }

  private static Question of(Contender.Address address, String body, int events) {
    StringBuilder head = new StringBuilder(512);
    head.append("POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1:").append(address.port());
    head.append("\r\ncontent-type: application/json\r\ncontent-length: ").append(body.length());
    for (Map.Entry<String, String> field : address.headers().entrySet()) {
      head.append("\r\n").append(field.getKey()).append(": ").append(field.getValue());
    }
    byte[] bytes = head.append("\r\n\r\n").append(body).toString().getBytes(StandardCharsets.US_ASCII);
    return new Question(Canned.kept(bytes), events);
  }
}
