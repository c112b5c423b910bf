// SPDX-License-Identifier: Apache-2.0
/// Panels that were recorded with the true answer, to learn from what agreement is worth.
@NullMarked
package dev.auriga.consensus.recorded;

import org.jspecify.annotations.NullMarked;
