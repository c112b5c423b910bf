// SPDX-License-Identifier: Apache-2.0
/// OpenAI and Azure OpenAI with its model router: who may call, which path asks for what and of
/// whom; embeddings and the list of models. The two ways to ask a model are in `chat` and
/// `responses`, what they share in `rules`.
@NullMarked
package dev.auriga.sandbox.openai;

import org.jspecify.annotations.NullMarked;
