// SPDX-License-Identifier: Apache-2.0
package dev.auriga.observe;

/// Is told what became of each request; thread-safe, quick, and never throwing.
public interface Observer {
  void ended(RequestRecord request);

  /// Whether the task is to be found out also of requests that no strategy asked it of, which costs a
  /// look at their text.
  default boolean wantsTasks() {
    return false;
  }
}
