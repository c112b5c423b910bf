// SPDX-License-Identifier: Apache-2.0
/// TODO
@NullMarked
package dev.auriga.azure;

import org.jspecify.annotations.NullMarked;
