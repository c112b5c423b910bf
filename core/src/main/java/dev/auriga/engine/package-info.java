// SPDX-License-Identifier: Apache-2.0
/// The journey: [Engine#complete] takes a request through its named steps.
///
/// The one package that knows the stages; they do not know each other, nor it. [Attempts] holds
/// the only retry loop of the product, for whole and streamed answers of every dialect.
@NullMarked
package dev.auriga.engine;

import org.jspecify.annotations.NullMarked;
