// SPDX-License-Identifier: Apache-2.0
/// The official Java SDKs of OpenAI, Anthropic and Google, each as a client in the same words.
///
/// An [Sdk] opens a [Dialogue]; a dialogue keeps the SDK's own objects as its history, as a program
/// written against that SDK would.
@NullMarked
package dev.auriga.conformance.sdk;

import org.jspecify.annotations.NullMarked;
