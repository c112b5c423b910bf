// SPDX-License-Identifier: Apache-2.0
/// What an answer says, read by its kind and compared in canonical form.
///
/// The kind comes from the question where it says so, else from all the answers together. What is not an
/// answer (a refusal, nothing at all) or cannot be read has a form of its own and agrees with nothing.
@NullMarked
package dev.auriga.consensus.answer;

import org.jspecify.annotations.NullMarked;
