// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

/// Outlines to compare: every dialect stands for a conversation's beginning by numbers of its own, and how
/// large media are is told by the body alone.
public final class Outlines {
  private Outlines() {}

  public static Outline withoutLineage(Outline outline) {
    return new Outline(
        outline.model(), outline.streamed(), outline.userText(), Cargo.of(outline.modalities()), outline.carriesTools(),
        outline.form(), outline.maxTokens(), outline.thinking(), outline.usageWanted(), outline.surcharge(),
        Lineage.UNKNOWN);
  }
}
