// SPDX-License-Identifier: Apache-2.0
/// The dialect `anthropic-messages`: the Messages API, as Anthropic and Microsoft Foundry speak
/// it.
///
/// [AnthropicMessages] is the face; beside it stand the readers and writers of requests, replies, streams
/// and errors. Comes before the engine when a client speaks it, and behind the provider when a
/// deployment does.
@NullMarked
package dev.auriga.dialect.anthropic;

import org.jspecify.annotations.NullMarked;
