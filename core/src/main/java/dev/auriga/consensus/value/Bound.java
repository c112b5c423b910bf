// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.value;

/// How a number is meant: as itself, as a limit, or roughly.
public enum Bound {
  EXACTLY,
  AT_LEAST,
  AT_MOST,
  MORE_THAN,
  LESS_THAN,
  ABOUT
}
