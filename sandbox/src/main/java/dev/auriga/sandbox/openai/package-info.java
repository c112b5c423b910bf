// SPDX-License-Identifier: Apache-2.0
/// The Chat Completions API, at OpenAI and at Azure OpenAI with its model router: checks requests
/// as the services do, asks the mind, and writes completions, streams and errors in their form.
@NullMarked
package dev.auriga.sandbox.openai;

import org.jspecify.annotations.NullMarked;
