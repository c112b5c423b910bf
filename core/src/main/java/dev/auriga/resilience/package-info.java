// SPDX-License-Identifier: Apache-2.0
/// What keeps one provider's trouble from becoming everybody's: time, deadlines, backoff, cooldowns.
///
/// The engine's attempts consult these between calls; nothing here makes a call, and nothing here
/// loops. State is in [CircuitBreaker] only, guarded by its own lock.
@NullMarked
package dev.auriga.resilience;

import org.jspecify.annotations.NullMarked;
