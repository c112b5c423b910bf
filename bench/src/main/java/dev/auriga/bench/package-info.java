// SPDX-License-Identifier: Apache-2.0
/// TODO
@NullMarked
package dev.auriga.bench;

import org.jspecify.annotations.NullMarked;
