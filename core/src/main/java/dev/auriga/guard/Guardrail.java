// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

/// Looks at a text on its way in or out and says what becomes of it; thread-safe.
///
/// It may block; an interrupt ends the wait.
@FunctionalInterface
public interface Guardrail {
  Ruling check(Passage passage) throws InterruptedException;
}
