// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

/// What carries the virtual threads that serve requests.
public enum Threads {
  /// The event loop of the connection itself: no hand-over between threads.
  LOOP_CARRIED,
  /// The scheduler of the JDK.
  ORDINARY
}
