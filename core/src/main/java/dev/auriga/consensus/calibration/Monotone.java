// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.calibration;

/// The nearest rising sequence to a sequence, in weighted squares (pool adjacent violators).
final class Monotone {
  private Monotone() {}

  static double[] rising(double[] values, double[] weights) {
    double[] mean = new double[values.length];
    double[] weight = new double[values.length];
    int[] length = new int[values.length];
    int pools = 0;
    for (int i = 0; i < values.length; i++) {
      mean[pools] = values[i];
      weight[pools] = weights[i];
      length[pools] = 1;
      pools++;
      while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
        double both = weight[pools - 2] + weight[pools - 1];
        mean[pools - 2] = (mean[pools - 2] * weight[pools - 2] + mean[pools - 1] * weight[pools - 1]) / both;
        weight[pools - 2] = both;
        length[pools - 2] += length[pools - 1];
        pools--;
      }
    }
    double[] rising = new double[values.length];
    int at = 0;
    for (int pool = 0; pool < pools; pool++) {
      for (int i = 0; i < length[pool]; i++) {
        rising[at++] = mean[pool];
      }
    }
    return rising;
  }
}
