// SPDX-License-Identifier: Apache-2.0
package dev.auriga.simulation;

/// What a [Service] says, in OpenAI's chat dialect.
final class Wording {
  private Wording() {}

  static String whole(String model, long input, long output) {
    return """
        {"id":"c","object":"chat.completion","created":1,"model":"%s","choices":[{"index":0,"message":\
        {"role":"assistant","content":"yes"},"finish_reason":"stop"}],"usage":%s}"""
        .formatted(model, usage(input, output));
  }

  static String chunk(String model) {
    return event(model, "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"yes \"}}]", "null");
  }

  static String last(String model, long input, long output) {
    return event(model, "[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]", "null")
        + event(model, "[]", usage(input, output))
        + "data: [DONE]\n\n";
  }

  private static String event(String model, String choices, String usage) {
    return """
        data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"%s","choices":%s,"usage":%s}

        """
        .formatted(model, choices, usage);
  }

  private static String usage(long input, long output) {
    return "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
        .formatted(input, output, input + output);
  }
}
