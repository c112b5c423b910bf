// SPDX-License-Identifier: Apache-2.0
/// The dialect `gemini`: Google's generateContent and streamGenerateContent.
///
/// [Gemini] is the face; beside it stand the readers and writers of requests, replies, streams
/// and errors. Comes before the engine when a client speaks it, and behind the provider when a
/// deployment does.
@NullMarked
package dev.auriga.dialect.gemini;

import org.jspecify.annotations.NullMarked;
