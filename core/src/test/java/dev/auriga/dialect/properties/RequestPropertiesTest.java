// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.Part;
import dev.auriga.completion.Role;
import dev.auriga.completion.Tool;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Written;
import dev.auriga.dialect.laws.Dialects;
import dev.auriga.dialect.laws.RequestLaws;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Generated requests, written and read by every dialect.
class RequestPropertiesTest {
  private static final int RUNS = 150;

  /// Neutral to dialect to neutral: what no loss was told of is still there.
  @Test
  void whatIsWrittenIsReadAgain() {
    for (Dialect dialect : Dialects.ALL) {
      Seeds.each(
          RUNS,
          random -> {
            CompletionRequest request = RandomRequests.of(random);
            Written written = dialect.writeRequest(request, Dialects.target(dialect));
            CompletionRequest read = dialect.readRequest(Dialects.request(dialect, written.body()));
            assertThat(told(read)).as("conversation by %s, losses %s", dialect.name(), written.losses())
                .isEqualTo(told(request));
            assertThat(tools(read)).as("tools by %s", dialect.name()).isEqualTo(tools(request));
            kept(written, "temperature", request.sampling().temperature(), read.sampling().temperature());
            kept(written, "stopSequences", request.stopSequences(), read.stopSequences());
            kept(written, "format", request.format().getClass(), read.format().getClass());
            kept(written, "user", request.user(), read.user());
            if (request.maxTokens() != null) {
              kept(written, "maxTokens", request.maxTokens(), read.maxTokens());
            }
          });
    }
  }

  /// Dialect to neutral to the same dialect: the second writing is the first.
  @Test
  void whatIsReadIsWrittenAgain() {
    for (Dialect dialect : Dialects.ALL) {
      Seeds.each(
          RUNS,
          random -> {
            byte[] first = dialect.writeRequest(RandomRequests.of(random), Dialects.target(dialect)).body();
            RequestLaws.check(dialect, first);
            CompletionRequest read = dialect.readRequest(Dialects.request(dialect, first));
            byte[] second = dialect.writeRequest(read, Dialects.target(dialect)).body();
            assertThat(Json.read(second)).as(dialect.name()).isEqualTo(Json.read(first));
          });
    }
  }

  private static void kept(Written written, String field, Object said, Object read) {
    boolean lost = written.losses().stream().anyMatch(loss -> loss.field().startsWith(field));
    if (!lost) {
      assertThat(read).as("%s, losses %s", field, written.losses()).isEqualTo(said);
    }
  }

  /// What is said by whom, in order; dialects group it in turns of their own, and tell what the system
  /// says before all else.
  private static List<Object> told(CompletionRequest request) {
    List<Object> told = new ArrayList<>();
    for (Message message : request.messages()) {
      boolean system = message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
      for (Part part : message.parts()) {
        switch (part) {
          case Part.Text text -> told.add(List.of(system ? Role.SYSTEM : message.role(), text.text()));
          case Part.Image _ -> told.add("image");
          case Part.ToolCall call -> told.add(List.of("call", call.name(), Json.read(call.arguments())));
          case Part.ToolResult result -> told.add(List.of("result", Part.textOf(result.content())));
          default -> told.add(part);
        }
      }
    }
    return told;
  }

  private static List<List<Object>> tools(CompletionRequest request) {
    return request.tools().stream()
        .map(
            tool ->
                tool instanceof Tool.Function function
                    ? List.<Object>of(
                        function.name(), String.valueOf(function.description()),
                        Json.read(function.parameters()).path("properties"))
                    : List.<Object>of(tool))
        .toList();
  }
}
