// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Portkey's open-source gateway on Node: a widely used peer that does comparable work.
///
/// Installed from npm into a folder of the build's own at first use, without scripts of its packages.
record PortkeyNode(Path installed, int port, int upstreamPort) implements Contender {
  static final String NAME = "Portkey";
  private static final String PACKAGE = "@portkey-ai/gateway";
  private static final String VERSION = "1.15.2";
  private static final long INSTALL_SECONDS = 120;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Scope scope() {
    return Scope.REQUESTS;
  }

  @Override
  public @Nullable String missing() {
    if (Machine.find("node") == null || Machine.find("npm") == null) {
      return "it needs node and npm";
    }
    return Files.exists(script()) || install() ? null : "npm could not install " + PACKAGE;
  }

  private Path script() {
    return installed.resolve("node_modules/" + PACKAGE + "/build/start-server.js");
  }

  private boolean install() {
    System.err.println("Installing " + PACKAGE + " " + VERSION + " into " + installed);
    try {
      Files.createDirectories(installed);
      Process npm =
          new ProcessBuilder(
                  String.valueOf(Machine.find("npm")), "install", "--no-save", "--ignore-scripts", "--prefix",
                  installed.toString(), PACKAGE + "@" + VERSION)
              .redirectErrorStream(true)
              .redirectOutput(installed.resolve("npm.log").toFile())
              .start();
      if (!npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
        npm.destroyForcibly();
      }
      return Files.exists(script());
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public Address address() {
    return new Address(
        port,
        Map.of(
            "x-portkey-provider", "openai",
            "x-portkey-custom-host", "http://127.0.0.1:" + upstreamPort + "/v1",
            "authorization", "Bearer unused"));
  }

  @Override
  public Child start(Path folder) {
    try (InputStream script = PortkeyNode.class.getResourceAsStream("loopback.cjs")) {
      Path loopback = folder.resolve("loopback.cjs");
      Files.write(loopback, Objects.requireNonNull(script).readAllBytes());
      List<String> command =
          List.of(
              String.valueOf(Machine.find("node")), "--require", loopback.toString(), script().toString(),
              "--headless", "--port=" + port);
      return Child.start(command, Map.of("NODE_ENV", "production"), folder.resolve("portkey.log"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
