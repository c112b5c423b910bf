// SPDX-License-Identifier: Apache-2.0
/// The neutral vocabulary: what every dialect can say, in records and sealed interfaces.
///
/// A request is read from its dialect into these words, decided and performed in them, and
/// written out again in the dialect of whoever asked. The types here know no wire format and no
/// stage; every other package may use them. Where the outside world may add cases, one variant
/// keeps the raw JSON.
@NullMarked
package dev.auriga.completion;

import org.jspecify.annotations.NullMarked;
