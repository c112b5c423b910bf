// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.gemini;

import dev.auriga.sandbox.mind.Ability;
import dev.auriga.sandbox.mind.ModelCard;
import dev.auriga.sandbox.mind.Question;
import dev.auriga.sandbox.mind.Tokens;
import dev.auriga.sandbox.protocol.Fields;
import dev.auriga.sandbox.protocol.Json;
import dev.auriga.sandbox.protocol.Seal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The checked contents of a request: roles, parts, function calls matched by responses, thought
/// signatures where a model wants them back.
final class Contents {
  private static final Set<String> DATA =
      Set.of(
          "text",
          "inlineData",
          "fileData",
          "functionCall",
          "functionResponse",
          "executableCode",
          "codeExecutionResult");
  private static final Set<String> PART =
      Set.of(
          "text",
          "inlineData",
          "fileData",
          "functionCall",
          "functionResponse",
          "executableCode",
          "codeExecutionResult",
          "thought",
          "thoughtSignature",
          "videoMetadata",
          "mediaResolution",
          "partMetadata");
  private static final Set<String> ROLES = Set.of("user", "model", "function");
  private static final String SKIP = "skip_thought_signature_validator";

  private final GeminiErrors errors;
  private final Seal seal;
  private final boolean signed;
  private final List<String> results = new ArrayList<>();
  private String text = "";
  private int images;
  private long tokens;

  private Contents(GeminiErrors errors, Seal seal, boolean signed) {
    this.errors = errors;
    this.seal = seal;
    this.signed = signed;
  }

  static Contents read(Fields body, ModelCard card, Seal seal, GeminiErrors errors) {
    Contents read = new Contents(errors, seal, card.can(Ability.SIGNED_CALLS));
    List<Fields> contents = body.optionalItems("contents");
    if (contents.isEmpty()) {
      throw errors.missing("contents");
    }
    contents.forEach(read::content);
    read.checkCalls(contents);
    if (read.signed) {
      read.checkSignatures(contents);
    }
    if (body.has("systemInstruction")) {
      Fields system =
          Proto.allow(body.object("systemInstruction"), Set.of("role", "parts"), errors);
      system.items("parts").forEach(part -> read.tokens += Tokens.count(part.text("text")));
    }
    return read;
  }

  String text() {
    return text;
  }

  List<String> results() {
    return List.copyOf(results);
  }

  int images() {
    return images;
  }

  long tokens() {
    return tokens;
  }

  private void content(Fields content) {
    Proto.allow(content, Set.of("role", "parts"), errors);
    String role = role(content);
    if (!ROLES.contains(role)) {
      throw errors.invalid("Please use a valid role: user, model.");
    }
    List<Fields> parts = content.optionalItems("parts");
    if (parts.isEmpty()) {
      throw errors.invalid(
          "* GenerateContentRequest."
              + content.at("parts")
              + ": contents.parts must not be empty.\n");
    }
    tokens += Tokens.MESSAGE;
    List<String> said = new ArrayList<>();
    int earlier = results.size();
    for (Fields part : parts) {
      part(part, said);
    }
    String prompt = Question.askedIn(String.join("\n", said));
    if (role.equals("user") && !prompt.isBlank()) {
      text = prompt;
      results.subList(0, earlier).clear();
    }
  }

  private void part(Fields part, List<String> said) {
    Proto.allow(part, PART, errors);
    List<String> data = DATA.stream().filter(part::has).toList();
    if (data.isEmpty()) {
      throw errors.invalid(
          "* GenerateContentRequest."
              + part.at("data")
              + ": required oneof field 'data' must have one initialized field\n");
    }
    if (data.size() > 1) {
      throw errors.invalid(
          "Invalid value at '"
              + part.path()
              + "' (oneof), oneof field 'data' is already set. Cannot set '"
              + data.getLast()
              + "'");
    }
    switch (data.getFirst()) {
      case "text" -> {
        said.add(part.text("text"));
        tokens += Tokens.count(part.text("text"));
      }
      case "inlineData" -> {
        Fields blob =
            Proto.allow(
                part.object("inlineData"), Set.of("mimeType", "data", "displayName"), errors);
        media(blob.text("mimeType"));
        if (!blob.text("data").matches("[A-Za-z0-9+/_=-]+")) {
          throw errors.invalid(
              "Invalid value at '" + blob.at("data") + "' (TYPE_BYTES), Base64 decoding failed");
        }
      }
      case "fileData" -> {
        Fields file =
            Proto.allow(
                part.object("fileData"), Set.of("mimeType", "fileUri", "displayName"), errors);
        file.text("fileUri");
        media(file.has("mimeType") ? file.text("mimeType") : "image/*");
      }
      case "functionCall" -> {
        Fields call =
            Proto.allow(part.object("functionCall"), Set.of("id", "name", "args"), errors);
        tokens += Tokens.count(call.text("name")) + Tokens.count(call.raw("args").toString());
      }
      case "functionResponse" -> response(part.object("functionResponse"));
      default -> tokens += Tokens.count(part.node().toString());
    }
  }

  private void media(String mimeType) {
    images += mimeType.startsWith("image/") ? 1 : 0;
    tokens += Tokens.IMAGE;
  }

  private void response(Fields response) {
    Proto.allow(
        response, Set.of("id", "name", "response", "parts", "willContinue", "scheduling"), errors);
    response.text("name");
    JsonNode value = response.object("response").node();
    tokens += Tokens.count(value.toString());
    List<String> members = List.copyOf(value.propertyNames());
    JsonNode only = members.size() == 1 ? value.get(members.getFirst()) : value;
    results.add(only.isString() ? only.asString() : only.toString());
  }

  private void checkCalls(List<Fields> contents) {
    int open = 0;
    for (Fields content : contents) {
      int calls = count(content, "functionCall");
      int responses = count(content, "functionResponse");
      if (responses > 0 && open == 0) {
        throw errors.invalid(
            "Please ensure that function response turn comes immediately after a function call"
                + " turn.");
      }
      if (open > 0 && responses != open) {
        throw errors.invalid(
            "Please ensure that the number of function response parts is equal to the number of"
                + " function call parts of the function call turn.");
      }
      if (calls > 0 && content.path().equals("contents[0]")) {
        throw errors.invalid(
            "Please ensure that function call turn comes immediately after a user turn or after a"
                + " function response turn.");
      }
      open = calls;
    }
    if (open > 0) {
      throw errors.invalid(
          "Please ensure that the number of function response parts is equal to the number of"
              + " function call parts of the function call turn.");
    }
  }

  /// The first call of each step of the current turn must bring its signature back.
  private void checkSignatures(List<Fields> contents) {
    int begins = contents.size() - 1;
    while (begins > 0 && !isUserTurn(contents.get(begins))) {
      begins--;
    }
    for (Fields content : contents.subList(begins, contents.size())) {
      for (Fields part : content.optionalItems("parts")) {
        if (part.has("functionCall")) {
          checkSignature(part);
          break;
        }
      }
    }
  }

  private void checkSignature(Fields part) {
    String name = part.object("functionCall").text("name");
    if (!part.has("thoughtSignature")) {
      throw errors.invalid(
          "Function call is missing a thought_signature in functionCall parts. This is required for"
              + " tools to work correctly, and missing thought_signature may lead to degraded model"
              + " performance. Additional data, function call `default_api:"
              + name
              + "`.");
    }
    String signature = part.text("thoughtSignature");
    if (!signature.equals(SKIP)
        && !seal.fits(signature, signed(name, part.raw("functionCall").path("args")))) {
      throw errors.invalid("Corrupted thought signature.");
    }
  }

  /// What the signature of a call is bound to.
  static String signed(String name, JsonNode args) {
    return name + (args.isMissingNode() ? Json.object() : args);
  }

  private static boolean isUserTurn(Fields content) {
    return role(content).equals("user") && count(content, "functionResponse") == 0;
  }

  private static String role(Fields content) {
    return content.has("role") ? content.text("role") : "user";
  }

  private static int count(Fields content, String data) {
    return (int) content.optionalItems("parts").stream().filter(part -> part.has(data)).count();
  }
}
