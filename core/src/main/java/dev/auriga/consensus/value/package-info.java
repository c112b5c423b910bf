// SPDX-License-Identifier: Apache-2.0
/// Numbers with units and dates as they stand in text, and their exact values.
@NullMarked
package dev.auriga.consensus.value;

import org.jspecify.annotations.NullMarked;
