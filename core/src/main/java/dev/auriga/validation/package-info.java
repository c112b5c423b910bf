// SPDX-License-Identifier: Apache-2.0
/// Whether an answer is fit to return: [Check]s are settings, [Validator]s look, [Finding]s say what
/// is wrong and where, and [ReAsk] words the one question that may follow.
///
/// Pure: nothing here calls a model, waits or keeps anything but compiled schemas. `syntax` reads
/// and repairs JSON, `stream` judges answers while they come.
@NullMarked
package dev.auriga.validation;

import org.jspecify.annotations.NullMarked;
