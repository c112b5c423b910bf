// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Loss;
import dev.auriga.completion.Media;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.RawJson;
import dev.auriga.completion.Refusal;
import dev.auriga.completion.Role;
import dev.auriga.completion.Tool;
import dev.auriga.completion.ToolChoice;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a client counts on finding in the answer, and what is therefore refused, not dropped with a
/// loss, where a translation cannot keep it: more than one answer, probabilities of tokens, a bias on
/// them, a call of a tool that is not there, and a regard to everything the user shows.
public final class Promises {
  private static final Set<String> ANSWERS = Set.of("n", "generationConfig.candidateCount");
  private static final Pattern PART = Pattern.compile("messages\\[(\\d+)]\\.content\\[(\\d+)]");

  private Promises() {}

  /// Throws a [Refusal] that names the first promise of `request` that cannot be kept by a dialect
  /// that says none of the fields but `kept`.
  public static void check(CompletionRequest request, Set<String> kept) {
    for (String field : ANSWERS) {
      JsonNode count = said(request, field);
      if (count.isNumber() && count.doubleValue() > 1) {
        throw refusal(field, "a translated request gets one answer; ask once for each that you want");
      }
    }
    if (request.logprobs() != null && !kept.contains("logprobs")) {
      throw refusal("logprobs", "the provider asked gives no log probabilities that could be told here");
    }
    if (!said(request, "logit_bias").isEmpty() && !kept.contains("logit_bias")) {
      throw refusal("logit_bias", "the provider asked has no bias for tokens");
    }
    forcedTool(request);
  }

  /// Throws a [Refusal] that names the first image, sound, video or document of a user's message that
  /// is among `losses`: an answer without regard to it would be an answer to another question.
  public static void checkMedia(List<Message> messages, Collection<Loss> losses) {
    for (Loss loss : losses) {
      Matcher place = PART.matcher(loss.field());
      if (loss.reason() == Loss.Reason.UNSUPPORTED_PART && place.matches()) {
        Message message = messages.get(Integer.parseInt(place.group(1)));
        String shown =
            message.role() == Role.USER
                ? shown(message.parts().get(Integer.parseInt(place.group(2))))
                : null;
        if (shown != null) {
          throw refusal(loss.field(), "the model asked takes no " + shown);
        }
      }
    }
  }

  private static @Nullable String shown(Part part) {
    return switch (part) {
      case Part.Image(Media media, _, _) -> "image " + described(media);
      case Part.Audio(Media media) -> "audio " + described(media);
      case Part.Video(Media media) -> "video " + described(media);
      case Part.Document(Media media, _, _) -> "document " + described(media);
      case Part.Text _, Part.Thinking _, Part.RedactedThinking _, Part.ToolCall _, Part.ToolResult _,
          Part.Declined _, Part.Unknown _ -> null;
    };
  }

  private static String described(Media media) {
    return switch (media) {
      case Media.Inline inline -> "of the type " + inline.trueType();
      case Media.ByUrl _ -> "by its address; send its content instead";
      case Media.ByFile _ -> "kept as a file at another provider; send its content instead";
    };
  }

  private static void forcedTool(CompletionRequest request) {
    switch (request.toolChoice()) {
      case ToolChoice.Auto _, ToolChoice.None _ -> {}
      case ToolChoice.Required _ -> {
        if (request.tools().isEmpty()) {
          throw refusal("toolChoice", "a tool must be called, but there are no tools");
        }
      }
      case ToolChoice.Named(String name) -> {
        if (request.tools().stream().noneMatch(tool -> nameOf(tool).equals(name))) {
          throw refusal(
              "toolChoice", "\"%s\" must be called, but it is not among the tools".formatted(name));
        }
      }
    }
  }

  private static String nameOf(Tool tool) {
    return switch (tool) {
      case Tool.Function function -> function.name();
      case Tool.Hosted hosted -> hosted.name();
    };
  }

  private static JsonNode said(CompletionRequest request, String field) {
    RawJson raw = request.extras().get(field);
    return raw == null ? Json.object().missingNode() : Json.read(raw);
  }

  private static Refusal refusal(String field, String why) {
    return new Refusal(Refusal.Kind.INVALID, field + ": " + why, field);
  }
}
