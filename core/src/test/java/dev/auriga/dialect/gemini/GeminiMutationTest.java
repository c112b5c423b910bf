// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.auriga.completion.Outline;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.SseEvent;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Targets;
import dev.auriga.dialect.Targets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Damaged input is refused in the dialect's own ways, and never by another exception.
class GeminiMutationTest {
  private static final ClientRequest ASKED =
      ClientRequest.of("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  private static final String REQUEST =
      """
      {"contents": [{"role": "user", "parts": [{"text": "hi \\n"}, {"inlineData": {"mimeType": "image/png",
        "data": "aGk="}}]},
        {"role": "model", "parts": [{"text": "t", "thought": true, "thoughtSignature": "c2ln"},
          {"functionCall": {"name": "f", "args": {"a": 1}}}]},
        {"parts": [{"functionResponse": {"name": "f", "response": {"result": "x"},
          "parts": [{"text": "p"}]}}]}],
       "systemInstruction": {"parts": {"text": "s"}}, "safetySettings": [{"category": "A"}],
       "tools": [{"functionDeclarations": [{"name": "f", "parameters": {"type": "OBJECT", "nullable": true,
         "minItems": "1"}}]}, {"googleSearch": {}}],
       "toolConfig": {"functionCallingConfig": {"mode": "ANY", "allowedFunctionNames": ["f"]}},
       "generationConfig": {"temperature": 1.5, "seed": 12345678901, "maxOutputTokens": 5,
         "stopSequences": ["x"],
         "responseMimeType": "application/json", "responseSchema": {"type": "STRING"},
         "thinkingConfig": {"thinkingBudget": 100, "includeThoughts": true}}}
      """;
  private static final String REPLY =
      """
      {"candidates": [{"index": 0, "content": {"role": "model", "parts": [{"text": "a", "thought": true},
        {"text": "b"},
         {"functionCall": {"name": "f", "args": {"a": 1.5}}, "thoughtSignature": "c2ln"},
           {"fileData": {"fileUri": "u"}}]},
         "finishReason": "STOP"}],
       "promptFeedback": {"safetyRatings": []}, "usageMetadata": {"promptTokenCount": 12,
         "thoughtsTokenCount": 3},
       "modelVersion": "m", "responseId": "r", "error2": {"code": 429, "details": [{"retryDelay": "3s"}]}}
      """;
  private static final List<String> GRAFTS =
      List.of("null", "0", "-1", "9e18", "1e999", "\"\"", "[]", "{}", "true", "[{}]", "\"\\u0000\"",
          "\\", "}", "]", "error");

  private final Dialect gemini = new Gemini();

  @Test
  void damagedRequests_areRefused_orUnderstood() {
    for (long seed = 0; seed < 4000; seed++) {
      byte[] body = damaged(REQUEST, new Random(seed));
      ClientRequest request = new ClientRequest(body, "m", ClientRequest.Framing.SSE);
      assertThatCode(
              () -> {
                try {
                  Outline drawn = gemini.scan(request).outline();
                  Target target = Targets.gemini("gemini-2.0-flash", 10, 10);
                  gemini.writeRequest(gemini.readRequest(request), target);
                  gemini.writeStream(request, drawn);
                } catch (Refusal expected) {
                  // Said no, as it should.
                }
              })
          .as("seed %d: %s", seed, new String(body, StandardCharsets.UTF_8))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void damagedReplies_areBad_orUnderstood() {
    for (long seed = 0; seed < 4000; seed++) {
      byte[] body = damaged(REPLY, new Random(seed));
      assertThatCode(
              () -> {
                try {
                  gemini.glance(body);
                  gemini.writeReply(gemini.readReply(body), ASKED).body();
                } catch (BadReply expected) {
                  // No answer, and known as none.
                }
                gemini.readFailure(500, Headers.NONE, body);
                String line = new String(body, StandardCharsets.UTF_8).replace("\n", "");
                gemini.readStream().read(SseEvent.of(line), chunk -> {});
              })
          .as("seed %d: %s", seed, new String(body, StandardCharsets.UTF_8))
          .doesNotThrowAnyException();
    }
  }

  private static byte[] damaged(String text, Random random) {
    StringBuilder out = new StringBuilder(text);
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      int from = random.nextInt(out.length());
      switch (random.nextInt(4)) {
        case 0 -> out.setLength(Math.max(1, from));
        case 1 -> out.setCharAt(from, (char) (32 + random.nextInt(95)));
        case 2 -> out.insert(from, GRAFTS.get(random.nextInt(GRAFTS.size())));
        default -> replaceValue(out, from, GRAFTS.get(random.nextInt(GRAFTS.size())));
      }
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Puts `graft` where the next value after `from` is, so that the JSON mostly stays whole.
  private static void replaceValue(StringBuilder out, int from, String graft) {
    int colon = out.indexOf(": ", from);
    if (colon < 0) {
      return;
    }
    int start = colon + 2;
    int depth = 0;
    int end = start;
    for (; end < out.length(); end++) {
      char each = out.charAt(end);
      if (each == '{' || each == '[') {
        depth++;
      } else if (each == '}' || each == ']') {
        if (depth == 0) {
          break;
        }
        depth--;
      } else if (each == ',' && depth == 0) {
        break;
      }
    }
    out.replace(start, end, graft);
  }
}
