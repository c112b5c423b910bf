// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Outline;
import dev.auriga.completion.Task;

/// Says what kind of work a request's text is. Pure and thread-safe.
public interface Classifier {

  /// What it is called in records, as in `keywords`: the same name means the same rules.
  String name();

  /// The task, and the reason in words.
  Classified classify(Outline outline);

  /// @param why one clause for people, such as `the prompt says "debug"`
  record Classified(Task task, String why) {}
}
