// SPDX-License-Identifier: Apache-2.0
/// OpenAI's Chat Completions API: checks requests as the service does and writes completions, whole
/// and streamed. `openai` asks it; what it has in common with the Responses API is in `rules`.
@NullMarked
package dev.auriga.sandbox.openai.chat;

import org.jspecify.annotations.NullMarked;
