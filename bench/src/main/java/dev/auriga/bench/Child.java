// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process this command started, with the processes it started in turn; metered from `/proc`, as
/// proc(5) describes it, and ended when closed.
final class Child implements Meter, AutoCloseable {
  /// `utime` and `stime` count in ticks of `sysconf(_SC_CLK_TCK)`, 100 a second on every Linux port.
  private static final long TICK_MILLIS = 10;

  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  /// Starts `command` with `environment` added to this process's; what it writes goes to `log`.
  static Child start(List<String> command, Map<String, String> environment, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return started(builder);
  }

  /// Starts `command` and leaves its output to be read.
  static Child piped(List<String> command) {
    return started(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT));
  }

  private static Child started(ProcessBuilder builder) {
    try {
      Child child = new Child(builder.start());
      Runtime.getRuntime().addShutdownHook(new Thread(child::end));
      return child;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The first line of a piped process.
  String firstLine() {
    try {
      BufferedReader reader = process.inputReader();
      return String.valueOf(reader.readLine());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public Duration cpu() {
    return Duration.ofMillis(all().mapToLong(Child::ticks).sum() * TICK_MILLIS);
  }

  @Override
  public double residentMebibytes() {
    return all().mapToLong(Child::residentKibibytes).sum() / 1024.0;
  }

  private Stream<ProcessHandle> all() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  /// Fields 14 and 15; the second is a name in brackets that may itself hold spaces.
  private static long ticks(ProcessHandle handle) {
    String line = read(handle, "stat");
    String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
    return fields.length < 13 ? 0 : Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private static long residentKibibytes(ProcessHandle handle) {
    return read(handle, "status")
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.toLowerCase(Locale.ROOT).replaceAll("[^0-9]", ""))
        .mapToLong(Long::parseLong)
        .sum();
  }

  /// A file of the process in `/proc`, empty when the process has gone.
  private static String read(ProcessHandle handle, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(handle.pid()), file));
    } catch (IOException _) {
      return "";
    }
  }

  @Override
  public void close() {
    end();
  }

  private void end() {
    List<ProcessHandle> started = all().toList();
    process.destroy();
    try {
      if (process.waitFor(10, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    started.forEach(ProcessHandle::destroyForcibly);
  }
}
