// SPDX-License-Identifier: Apache-2.0
/// How alike two answers are, and in what they differ: the words the rest of the stage speaks.
@NullMarked
package dev.auriga.consensus.likeness;

import org.jspecify.annotations.NullMarked;
