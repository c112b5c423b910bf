// SPDX-License-Identifier: Apache-2.0
/// The Gemini API of Google AI Studio: checks requests as the service does (protocol-buffer style),
/// asks the mind, and writes answers, streams and errors in the service's form.
@NullMarked
package dev.auriga.sandbox.gemini;

import org.jspecify.annotations.NullMarked;
