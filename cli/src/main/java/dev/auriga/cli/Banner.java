// SPDX-License-Identifier: Apache-2.0
package dev.auriga.cli;

import dev.auriga.completion.Secret;
import dev.auriga.gateway.Gateway;
import dev.auriga.gateway.transport.Threads;
import dev.auriga.sandbox.Sandbox;
import dev.auriga.sandbox.Simulated;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What `serve` prints when it is ready: where, with which key, and a line to try it with.
record Banner(PrintWriter out, Serving serving) {

  /// `made` is the admin key that was generated at this start, absent when the operator gave one.
  void print(@Nullable Secret made) {
    Gateway gateway = serving.gateway();
    Setting.Running running = serving.running();
    out.printf("Auriga listens on %s%n", gateway.address());
    out.printf(
        "  threads      %s%n",
        gateway.threads() == Threads.LOOP_CARRIED
            ? "carried by the event loops"
            : "on the JDK's scheduler");
    out.printf(
        "  routes       %s%n",
        String.join(", ", new TreeMap<>(running.orchestrator().policy().routes()).keySet()));
    String key = "$" + ServeCommand.ADMIN_KEY;
    if (made != null) {
      key = made.reveal();
      out.printf(
          "  key          %s   (made for this run; set %s to keep one)%n",
          key, ServeCommand.ADMIN_KEY);
    }
    Sandbox sandbox = running.sandbox();
    if (sandbox != null) {
      print(sandbox);
    }
    out.printf(
        """

        Try it:
          curl -i %s/v1/chat/completions -H "Authorization: Bearer %s" -H "Content-Type: application/json" \
        -d '{"model": "auto", "messages": [{"role": "user", "content": "Implement a binary search tree in Python"}]}'
        """,
        gateway.address(), key);
    if (sandbox != null) {
      out.printf(
          """

          Make a provider fail, then try again and look at x-auriga-served-by and x-auriga-attempts:
            curl -X POST %s/sandbox/providers/foundry/down
          """,
          sandbox.controlAddress());
    }
    out.flush();
  }

  private void print(Sandbox sandbox) {
    Map<String, String> addresses = new TreeMap<>();
    for (Simulated provider : Simulated.values()) {
      addresses.put(provider.label(), sandbox.address(provider).toString());
    }
    out.printf("  sandbox      %s   (control)%n", sandbox.controlAddress());
    addresses.forEach((name, address) -> out.printf("    %-10s %s%n", name, address));
  }
}
