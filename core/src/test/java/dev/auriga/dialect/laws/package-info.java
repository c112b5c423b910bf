// SPDX-License-Identifier: Apache-2.0
/// What holds for every dialect, whatever the input: laws that the fuzz targets put to arbitrary
/// bytes and the property tests to generated requests, replies and streams.
@NullMarked
package dev.auriga.dialect.laws;

import org.jspecify.annotations.NullMarked;
