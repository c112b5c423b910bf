// SPDX-License-Identifier: Apache-2.0
package dev.auriga.engine;

import dev.auriga.provider.Reply;

/// Books what an answer took that is used for another answer.
@FunctionalInterface
interface Booking {
  void book(Journey part, Reply.Whole answer);
}
