// SPDX-License-Identifier: Apache-2.0
/// Judging an answer while it comes: whether what was heard so far can still become valid.
///
/// Says "no longer" only when nothing that could follow would help; the last word is the whole
/// validators'.
@NullMarked
package dev.auriga.validation.stream;

import org.jspecify.annotations.NullMarked;
