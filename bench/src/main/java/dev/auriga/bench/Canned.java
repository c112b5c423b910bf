// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What the upstream says, ready as bytes of HTTP, in the shape of the OpenAI API reference's chat
/// completion and chat completion chunk objects.
final class Canned {
  static final ByteBuf WHOLE = whole();
  static final ByteBuf HEAD =
      bytes(
          """
          HTTP/1.1 200 OK\r
          content-type: text/event-stream; charset=utf-8\r
          cache-control: no-cache\r
          transfer-encoding: chunked\r
          \r
          """);
  static final ByteBuf FIRST = piece(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
  static final ByteBuf NEXT = piece(chunk("{\"content\":\" lighthouse\"}", "null"));
  static final ByteBuf LAST =
      bytes(
          framed(
                  chunk("{}", "\"stop\"")
                      + event("[],\"usage\":{\"prompt_tokens\":128,\"completion_tokens\":58,\"total_tokens\":186}")
                      + "data: [DONE]\n\n")
              + "0\r\n\r\n");

  private Canned() {}

  private static ByteBuf whole() {
    String body =
        """
        {"id":"chatcmpl-bench","object":"chat.completion","created":1767225600,"model":"gpt-4o-2024-08-06",\
        "choices":[{"index":0,"message":{"role":"assistant","content":"A keeper lights the lamp each evening.",\
        "refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],\
        "usage":{"prompt_tokens":128,"completion_tokens":9,"total_tokens":137,\
        "prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},\
        "completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0}},\
        "service_tier":"default","system_fingerprint":"fp_bench"}""";
    return bytes(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
  }

  private static String chunk(String delta, String finish) {
    return event("[{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}]".formatted(delta, finish));
  }

  private static String event(String choices) {
    return """
        data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1767225600,\
        "model":"gpt-4o-2024-08-06","service_tier":"default","system_fingerprint":"fp_bench","choices":%s}

        """.formatted(choices);
  }

  private static ByteBuf piece(String text) {
    return bytes(framed(text));
  }

  private static String framed(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static ByteBuf bytes(String text) {
    return kept(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// A buffer that is written again and again, outside the heap so that writing copies nothing.
  static ByteBuf kept(byte[] bytes) {
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(direct));
  }
}
