// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.laws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.Completion;
import dev.auriga.completion.StopReason;
import dev.auriga.completion.Usage;
import dev.auriga.dialect.BadReply;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Json;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whole replies: read or known as bad, and nothing else.
///
/// What is read is seen alike at a glance, and every dialect writes it in words it reads itself.
public final class ReplyLaws {
  private ReplyLaws() {}

  public static void check(Dialect dialect, byte[] body) {
    Glance glance = unlessBad(() -> dialect.glance(body));
    Completion read = unlessBad(() -> dialect.readReply(body));
    if (read == null) {
      return;
    }
    assertThat(glance).as("what is read is seen at a glance").isNotNull();
    assertThat(glance.model()).isEqualTo(read.model());
    assertThat(glance.stop()).isEqualTo(read.stop());
    assertThat(glance.usage() == null ? Usage.NONE : glance.usage()).isEqualTo(read.usage());
    for (Dialect client : Dialects.ALL) {
      written(client, read);
    }
  }

  private static void written(Dialect client, Completion read) {
    byte[] written = client.writeReply(read, StreamLaws.asked(client)).body();
    assertThat(Json.read(written).isObject()).isTrue();
    if (client == Dialects.GEMINI && !(read.stop() instanceof StopReason.Known)) {
      // Told as OTHER, which without any content is how Gemini itself breaks down.
      return;
    }
    try {
      assertThat(client.readReply(written).usage().total()).isEqualTo(read.usage().total());
    } catch (BadReply bad) {
      throw new AssertionError(
          client.name() + " does not read what it wrote: " + bad.getMessage() + " in "
              + new String(written, UTF_8),
          bad);
    }
  }

  private static <T> @Nullable T unlessBad(Supplier<T> attempt) {
    try {
      return attempt.get();
    } catch (BadReply bad) {
      assertThat(bad.failure().detail()).isNotBlank();
      return null;
    }
  }
}
