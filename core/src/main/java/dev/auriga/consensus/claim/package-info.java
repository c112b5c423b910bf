// SPDX-License-Identifier: Apache-2.0
/// What prose claims, sentence by sentence, and whether two texts claim the same.
///
/// The rules are for English. They say "same" only of what is nearly word for word the same, "different"
/// where a veto fires, and "unsure" of everything else.
@NullMarked
package dev.auriga.consensus.claim;

import org.jspecify.annotations.NullMarked;
