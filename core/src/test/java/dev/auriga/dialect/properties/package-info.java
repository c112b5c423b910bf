// SPDX-License-Identifier: Apache-2.0
/// The laws of the dialects, put to generated requests, replies and streams. Every failure names its
/// seed; `-Dauriga.seed=N` begins there.
@NullMarked
package dev.auriga.dialect.properties;

import org.jspecify.annotations.NullMarked;
