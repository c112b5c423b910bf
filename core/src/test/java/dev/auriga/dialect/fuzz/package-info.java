// SPDX-License-Identifier: Apache-2.0
/// Everything that reads bytes from outside, given any bytes at all.
///
/// A normal build replays the files kept beside each target; `JAZZER_FUZZ=1` makes new ones, one
/// target a run. Each find is kept as a file.
@NullMarked
package dev.auriga.dialect.fuzz;

import org.jspecify.annotations.NullMarked;
