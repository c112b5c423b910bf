// SPDX-License-Identifier: Apache-2.0
/// The dialect `openai-responses`: OpenAI's Responses API and the Open Responses specification.
///
/// [OpenAiResponses][dev.auriga.dialect.responses.OpenAiResponses] is the face; beside it stand the
/// readers and writers of requests, replies, streams and reasoning. What the Responses API shares
/// with Chat Completions (errors, model families, media, usage) is read by the classes of that
/// dialect. Comes before the engine when a client speaks it, and behind the provider when a
/// deployment does.
@NullMarked
package dev.auriga.dialect.responses;

import org.jspecify.annotations.NullMarked;
