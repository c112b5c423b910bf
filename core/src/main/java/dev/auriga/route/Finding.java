// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Task;

/// What kind of work a request was found to be, by whom, and why.
///
/// @param by the classifier's name, or [#CALLER] or [#CONTENT]
/// @param why one clause for people; of the request's text it repeats at most a word the classifier
///     looks for
public record Finding(String by, Task task, String why) {
  /// The caller said so, of this request or by its key.
  public static final String CALLER = "caller";

  /// What the request is made of says so, not its words.
  public static final String CONTENT = "content";

  static Finding by(Classifier classifier, Classifier.Classified said) {
    return new Finding(classifier.name(), said.task(), said.why());
  }
}
