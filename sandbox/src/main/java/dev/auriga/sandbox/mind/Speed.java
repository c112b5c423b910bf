// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

/// How fast a model answers: the median time to its first token and its tokens a second after it.
public record Speed(double ttftMedianMillis, double tokensPerSecond) {}
