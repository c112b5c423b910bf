// SPDX-License-Identifier: Apache-2.0
package dev.auriga.observe;

/// Is told what became of each request; thread-safe, quick, and never throwing.
public interface Observer {
  void ended(RequestRecord request);
}
