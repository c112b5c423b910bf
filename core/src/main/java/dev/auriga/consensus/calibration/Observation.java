// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.calibration;

/// A panel whose question has a known answer, and whether its largest group was right.
public record Observation(Situation situation, boolean isRight) {}
