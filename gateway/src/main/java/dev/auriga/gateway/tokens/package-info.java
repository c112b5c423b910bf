// SPDX-License-Identifier: Apache-2.0
///
/// Counting tokens by the tables of a real tokenizer, for prompts whose provider does not count.
@NullMarked
package dev.auriga.gateway.tokens;

import org.jspecify.annotations.NullMarked;
