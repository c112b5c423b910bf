// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.laws;

import dev.auriga.completion.Citation;
import dev.auriga.completion.Completion;
import dev.auriga.completion.Part;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/// What people and programs read of an answer, without how it was cut into parts: a declination is
/// words to a client whose dialect has no place of its own for it.
///
/// @param pages the addresses of the web that are cited
/// @param calls name and arguments of each
/// @param others the types of parts that only their own dialect understands
/// @param usage without the tier it was served on, which only the provider tells
public record Said(
    String model, String text, List<String> pages, String thoughts, List<List<Object>> calls, List<String> others, StopReason stop,
    Usage usage) {

  public static Said of(Completion completion) {
    StringBuilder text = new StringBuilder();
    StringBuilder thoughts = new StringBuilder();
    List<String> pages = new ArrayList<>();
    List<List<Object>> calls = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Part part : completion.parts()) {
      switch (part) {
        case Part.Text said -> {
          text.append(said.text());
          said.citations().forEach(citation -> addPage(citation, pages));
        }
        case Part.Declined said -> text.append(said.text());
        case Part.Thinking said -> thoughts.append(said.text());
        case Part.RedactedThinking _ -> thoughts.append("[redacted]");
        case Part.ToolCall call -> calls.add(List.of(call.name(), arguments(call.arguments())));
        case Part.Unknown unknown -> others.add(Json.read(unknown.raw()).path("type").asString(""));
        case Part.Image _, Part.Audio _, Part.Video _, Part.Document _, Part.ToolResult _ ->
            others.add(part.getClass().getSimpleName());
      }
    }
    return new Said(
        completion.model(), text.toString(), pages, thoughts.toString(), calls, others, completion.stop(),
        completion.usage().on(""));
  }

  private static void addPage(Citation citation, List<String> pages) {
    if (citation instanceof Citation.Sourced sourced
        && sourced.source() instanceof Citation.Source.Web page) {
      pages.add(page.url());
    }
  }

  /// A model that met its limit may have written half an object.
  private static Object arguments(String arguments) {
    try {
      return Json.read(arguments);
    } catch (JacksonException _) {
      return arguments;
    }
  }
}
