// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Modality;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Json;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.Written;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Requests: understood or refused, and nothing else.
///
/// What is understood is seen alike by the outline and by the reader; every dialect writes it, or
/// refuses; and what a dialect wrote it reads.
public final class RequestLaws {
  private RequestLaws() {}

  public static void check(Dialect dialect, byte[] body) {
    ClientRequest request = Dialects.request(dialect, body);
    Scan scan = unlessRefused(() -> dialect.scan(request));
    CompletionRequest read = unlessRefused(() -> dialect.readRequest(request));
    if (scan != null) {
      dialect.writeStream(request, scan.outline());
      passed(dialect, request, scan, read);
    }
    if (read != null) {
      assertThat(scan).as("what is read has an outline").isNotNull();
      outlined(scan.outline(), Outline.of(read));
      for (Dialect upstream : Dialects.ALL) {
        written(upstream, read);
      }
    }
  }

  private static void outlined(Outline drawn, Outline of) {
    assertThat(counts(drawn)).as("media").isEqualTo(counts(of));
    Outline drawnAlike =
        new Outline(
            drawn.model(), drawn.streamed(), drawn.userText(), of.cargo(), drawn.carriesTools(),
            drawn.form(), drawn.maxTokens(), drawn.thinking(), of.usageWanted(), of.surcharge(), of.lineage());
    assertThat(drawnAlike).isEqualTo(of);
  }

  /// How many pieces of each kind; how large they are is told by the body alone.
  private static Map<Modality, Integer> counts(Outline outline) {
    Map<Modality, Integer> counts = new TreeMap<>();
    outline.cargo().loads().forEach((modality, load) -> counts.put(modality, load.pieces()));
    return counts;
  }

  /// Passed on, only the model is another; where the body is whole, it stays so.
  private static void passed(
      Dialect dialect, ClientRequest request, Scan scan, @Nullable CompletionRequest read) {
    byte[] passed = scan.passage().to(Dialects.target(dialect)).body();
    if (read == null) {
      return;
    }
    JsonNode tree = Json.read(passed);
    if (dialect != Dialects.GEMINI) {
      assertThat(tree.path("model").stringValue()).isEqualTo(Dialects.target(dialect).model());
    }
    CompletionRequest again = dialect.readRequest(Dialects.request(dialect, passed));
    assertThat(again.toBuilder().model(read.model()).build().messages()).isEqualTo(read.messages());
    assertThat(again.tools()).isEqualTo(read.tools());
  }

  private static void written(Dialect upstream, CompletionRequest read) {
    Written written = unlessRefused(() -> upstream.writeRequest(read, Dialects.target(upstream)));
    if (written != null) {
      assertThat(Json.read(written.body()).isObject()).isTrue();
      try {
        upstream.readRequest(Dialects.request(upstream, written.body()));
      } catch (Refusal refusal) {
        throw new AssertionError(
            upstream.name() + " does not read what it wrote: " + refusal.reason() + " in "
                + new String(written.body(), java.nio.charset.StandardCharsets.UTF_8),
            refusal);
      }
    }
  }

  private static <T> @Nullable T unlessRefused(Supplier<T> attempt) {
    try {
      return attempt.get();
    } catch (Refusal refusal) {
      assertThat(refusal.reason()).isNotBlank();
      return null;
    }
  }
}
