// SPDX-License-Identifier: Apache-2.0
///
/// How many tokens a prompt may have, where no provider is asked or none will say: an estimator's
/// count of the text, what media usually cost, and a factor for each model that is learned from what
/// providers have counted. Used by the engine.
@NullMarked
package dev.auriga.tokens;

import org.jspecify.annotations.NullMarked;
