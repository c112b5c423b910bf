// SPDX-License-Identifier: Apache-2.0
/// What agreement is worth: how often panels that agreed so far were right, counted and smoothed.
@NullMarked
package dev.auriga.consensus.calibration;

import org.jspecify.annotations.NullMarked;
