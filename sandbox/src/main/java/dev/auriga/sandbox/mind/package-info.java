// SPDX-License-Identifier: Apache-2.0
/// The simulated models: who they are, what they know, how they write and count tokens. The
/// providers of the neighbouring packages turn a request into a [Question], ask a [Mind] and put
/// its [Thought] on the wire. Nothing here knows a wire format or reads a clock.
@NullMarked
package dev.auriga.sandbox.mind;

import org.jspecify.annotations.NullMarked;
