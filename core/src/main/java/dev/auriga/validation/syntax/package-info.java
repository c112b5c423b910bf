// SPDX-License-Identifier: Apache-2.0
/// JSON as models write it: a strict reader that takes it piece by piece, and the repair of what is
/// broken. Knows text only, neither schemas nor answers.
@NullMarked
package dev.auriga.validation.syntax;

import org.jspecify.annotations.NullMarked;
