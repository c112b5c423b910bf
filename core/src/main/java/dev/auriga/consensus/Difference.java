// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus;

import dev.auriga.consensus.likeness.Aspect;

/// One thing in which two members' answers differ; empty where a member says nothing of it.
public record Difference(Aspect aspect, String member, String says, String otherMember, String otherSays) {

  /// `number: gpt-4o says "1500 mg", claude says "150 mg"`.
  @Override
  public String toString() {
    return "%s: %s %s, %s %s".formatted(aspect.token(), member, said(says), otherMember, said(otherSays));
  }

  private static String said(String words) {
    return words.isEmpty() ? "does not say" : "says \"" + words + "\"";
  }
}
