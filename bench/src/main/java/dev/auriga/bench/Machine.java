// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What this machine has: programs, free ports, files, and how busy it is otherwise.
final class Machine {
  private Machine() {}

  /// The program of that name on the path or where system programs are, null when there is none.
  static @Nullable Path find(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
    return Stream.of(path.split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /// A port of 127.0.0.1 that nobody listens on now.
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Ticks all processors together have spent, and how many of them idle (proc(5), /proc/stat).
  record Ticks(long all, long idle) {
    static Ticks now() {
      try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
        long[] spent =
            Stream.of(lines.findFirst().orElseThrow().split(" +"))
                .skip(1)
                .mapToLong(Long::parseLong).toArray();
        long all = 0;
        for (int i = 0; i < Math.min(8, spent.length); i++) {
          all += spent[i];
        }
        return new Ticks(all, spent[3] + spent[4]);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}
