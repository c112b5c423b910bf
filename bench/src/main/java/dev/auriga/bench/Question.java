// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// One chat request as bytes of HTTP, sent over and over.
record Question(ByteBuf bytes, int events) {
  static final int SMALL = 649;
  static final int LARGE = 50 * 1024;
  static final int LONG = 400 * 1024;

  /// What says in a request's body how the upstream is to answer: the number of chunks and the time
  /// between them in ms.
  static final String PACE = "bench-";

  private static final String WHOLE = "\"stream\":false";
  private static final String SYSTEM = "You are a careful assistant. Answer in a few words.";
  private static final String CHAT = "POST /v1/chat/completions HTTP/1.1";

  /// Anthropic's API wants its version in every request (API reference, Versions).
  private static final String MESSAGES = "POST /v1/messages HTTP/1.1\r\nanthropic-version: 2023-06-01";

  /// A request with a body of `size` bytes that is answered whole.
  static Question whole(Contender.Address address, int size) {
    return of(address, CHAT, chat(WHOLE, size), 0);
  }

  /// What [#whole] asks in `size` bytes, as a client of Anthropic's Messages API says it.
  static Question anthropic(Contender.Address address, int size) {
    String body =
        """
        {"model":"gpt-4o",%s,"temperature":0.7,"max_tokens":256,"system":"%s",\
        "messages":[{"role":"user","content":"%s"}]}""".formatted(WHOLE, SYSTEM, prompt(WHOLE, size));
    return of(address, MESSAGES, body, 0);
  }

  /// A request that is answered by `chunks` chunks, one each `everyMillis`.
  static Question streamed(Contender.Address address, int chunks, int everyMillis) {
    String pace =
        "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"user\":\"%s%dx%d\""
            .formatted(PACE, chunks, everyMillis);
    return of(address, CHAT, chat(pace, SMALL), chunks);
  }

  /// A body of `size` bytes: the model, how it is to be answered, and a conversation.
  private static String chat(String answered, int size) {
    return chatting(answered, prompt(answered, size));
  }

  /// As much text as brings a chat's body to `size` bytes.
  private static String prompt(String answered, int size) {
    String filler = "Tell me about the lighthouse and who keeps it. ";
    int left = size - chatting(answered, "").length();
    return filler.repeat(left / filler.length() + 1).substring(0, left);
  }

  private static String chatting(String answered, String prompt) {
    return """
        {"model":"gpt-4o",%s,"temperature":0.7,"max_tokens":256,"messages":[\
        {"role":"system","content":"%s"},\
        {"role":"user","content":"%s"}]}""".formatted(answered, SYSTEM, prompt);
  }

  private static Question of(Contender.Address address, String start, String body, int events) {
    StringBuilder head = new StringBuilder(512);
    head.append(start).append("\r\nhost: 127.0.0.1:").append(address.port());
    head.append("\r\ncontent-type: application/json\r\ncontent-length: ").append(body.length());
    for (Map.Entry<String, String> field : address.headers().entrySet()) {
      head.append("\r\n").append(field.getKey()).append(": ").append(field.getValue());
    }
    byte[] bytes = head.append("\r\n\r\n").append(body).toString().getBytes(StandardCharsets.US_ASCII);
    return new Question(Canned.kept(bytes), events);
  }
}
