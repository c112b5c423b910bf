// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import dev.auriga.completion.Completion;
import java.util.List;

/// Looks at one whole answer and says what is wrong with it; nothing when it is fit to return.
///
/// Pure and thread-safe: the same answer has the same findings.
@FunctionalInterface
public interface Validator {
  List<Finding> check(Completion answer);
}
