// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A contender that has been started and has answered; `startup` is the time from the start of its
/// process to its first answer.
record Running(Contender contender, @Nullable Child child, Duration startup) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Starts `contender` and asks until it answers.
  static Running start(Contender contender, Path folder) throws InterruptedException {
    long started = System.nanoTime();
    Child child = contender.start(folder);
    Question question = Question.whole(contender.address(), Question.SMALL);
    byte[] bytes = new byte[question.bytes().readableBytes()];
    question.bytes().getBytes(0, bytes);
    while (!answers(contender.address().port(), bytes)) {
      boolean over = System.nanoTime() - started > PATIENCE.toNanos();
      if (over || (child != null && !child.isAlive())) {
        if (child != null) {
          child.close();
        }
        throw new IllegalStateException(contender.name() + " does not answer; its log is in " + folder);
      }
      Thread.sleep(5);
    }
    return new Running(contender, child, Duration.ofNanos(System.nanoTime() - started));
  }

  private static boolean answers(int port, byte[] question) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(question);
      byte[] status = socket.getInputStream().readNBytes(12);
      return new String(status, StandardCharsets.US_ASCII).endsWith(" 200");
    } catch (IOException _) {
      return false;
    }
  }

  String name() {
    return contender.name();
  }

  Meter meter() {
    return child == null ? Meter.NONE : child;
  }

  @Override
  public void close() {
    if (child != null) {
      child.close();
    }
  }
}
