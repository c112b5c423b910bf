// SPDX-License-Identifier: Apache-2.0
/// What OpenAI's APIs have in common: who may call, the form of errors, the schemas that may be
/// strict, the efforts of reasoning, the content filter's annotations.
@NullMarked
package dev.auriga.sandbox.openai.rules;

import org.jspecify.annotations.NullMarked;
