// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.time.Duration;

/// Reads what a system has used up so far.
interface Meter {
  /// Where there is no system in between, or none that is measured.
  Meter NONE =
      new Meter() {
        @Override
        public Duration cpu() {
          return Duration.ZERO;
        }

        @Override
        public double residentMebibytes() {
          return 0;
        }
      };

  /// CPU time of all its processes since their start, in user and kernel mode.
  Duration cpu();

  /// The memory its processes hold now, in MiB.
  double residentMebibytes();
}
