// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

import java.util.List;

/// Several guardrails as one: each is asked about the text as it came, until one denies.
public record Guardrails(List<Guardrail> all) implements Guardrail {
  public Guardrails {
    all = List.copyOf(all);
  }

  @Override
  public Ruling check(Passage passage) throws InterruptedException {
    Ruling ruling = Ruling.pass();
    for (Guardrail each : all) {
      ruling = ruling.and(each.check(passage));
      if (ruling instanceof Ruling.Deny) {
        return ruling;
      }
    }
    return ruling;
  }
}
