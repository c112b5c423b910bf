// SPDX-License-Identifier: Apache-2.0
/// TODO
@NullMarked
package dev.auriga.cli;

import org.jspecify.annotations.NullMarked;
