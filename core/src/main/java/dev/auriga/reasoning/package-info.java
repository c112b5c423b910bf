// SPDX-License-Identifier: Apache-2.0
/// Reasoning state between the turns of a conversation: what a provider signed or encrypted, kept for
/// clients whose dialect has no place for it, and put back where it stood.
///
/// On the journey the provider asks it twice at each attempt in translation: on the way out to put
/// back what earlier answers left ([Memory#recall]), on the way in to keep what this one leaves
/// ([Memory#keep]). A request that passes in its own dialect carries its state itself.
@NullMarked
package dev.auriga.reasoning;

import org.jspecify.annotations.NullMarked;
