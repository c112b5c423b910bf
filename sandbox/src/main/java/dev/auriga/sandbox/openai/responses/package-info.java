// SPDX-License-Identifier: Apache-2.0
/// OpenAI's Responses API: checks requests and the items in them as the service does, opens the
/// reasoning it sealed itself, and writes responses, whole and as streams of numbered events.
/// `openai` asks it; what it has in common with Chat Completions is in `rules`.
@NullMarked
package dev.auriga.sandbox.openai.responses;

import org.jspecify.annotations.NullMarked;
