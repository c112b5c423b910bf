// SPDX-License-Identifier: Apache-2.0
package dev.auriga.pitfalls;

import dev.auriga.dialect.Headers;
import dev.auriga.provider.Deployment;
import dev.auriga.provider.Limits;
import dev.auriga.provider.Provider;
import dev.auriga.provider.Transport;
import dev.auriga.resilience.Deadline;
import dev.auriga.resilience.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Answers each request as it was told last, and keeps what was sent.
final class ScriptedTransport implements Transport {
  private final List<Outbound> sent = new ArrayList<>();
  private int status = 200;
  private byte[] answer = {};

  /// A client's request, to be sent more than once.
  record Asked(dev.auriga.provider.Asked asked) {}

  void answers(int code, String body) {
    status = code;
    answer = Tongue.bytes(body);
  }

  Outbound last() {
    return sent.getLast();
  }

  Asked asked(Tongue client, String body) {
    return new Asked(
        dev.auriga.provider.Asked.of(client.dialect(), client.client(body), Headers.NONE));
  }

  Provider.Call call(Tongue client, String body, Tongue to) {
    return call(asked(client, body), to);
  }

  Provider.Call call(Asked request, Tongue to) {
    String model = to.model();
    Deployment deployment =
        new Deployment(
            model, "p", to.target(model), model, null, Limits.USUAL, new Unused());
    return new Provider.Call(
        request.asked(),
        deployment,
        Deadline.in(Duration.ofMinutes(1), new FakeTime()),
        "tester",
        Provider.State.KEPT);
  }

  /// The provider of a deployment that is only named.
  private static final class Unused implements Provider {
    @Override
    public dev.auriga.provider.Reply send(Call call) {
      throw new IllegalStateException("is not called");
    }
  }

  @Override
  public Inbound send(Outbound outbound) {
    sent.add(outbound);
    return new Answer(status, answer);
  }

  @Override
  public void close() {}

  private static final class Answer implements Inbound {
    private final int status;
    private byte @Nullable [] left;

    Answer(int status, byte[] body) {
      this.status = status;
      this.left = body;
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public Headers headers() {
      return Headers.of("content-type", "application/json");
    }

    @Override
    public byte @Nullable [] read(Duration idle) {
      byte[] piece = left;
      left = null;
      return piece == null || piece.length == 0 ? null : Objects.requireNonNull(piece);
    }

    @Override
    public void close() {}
  }
}
