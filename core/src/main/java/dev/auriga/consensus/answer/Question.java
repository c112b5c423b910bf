// SPDX-License-Identifier: Apache-2.0
package dev.auriga.consensus.answer;

import dev.auriga.completion.AnswerFormat;
import dev.auriga.completion.Task;
import org.jspecify.annotations.Nullable;

/// What a panel was asked, as far as it tells what answers look like.
///
/// @param prompt the text of the last user message; empty when there is none
/// @param task what kind of work it is, where somebody found out
public record Question(String prompt, AnswerFormat format, @Nullable Task task) {

  public static Question of(String prompt) {
    return new Question(prompt, new AnswerFormat.Text(), null);
  }

  boolean isJsonAsked() {
    return !(format instanceof AnswerFormat.Text);
  }
}
