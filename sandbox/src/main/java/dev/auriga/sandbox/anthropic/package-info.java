// SPDX-License-Identifier: Apache-2.0
/// Anthropic's Messages API, at Anthropic and in Microsoft Foundry: checks requests as the service
/// does, asks the mind, and writes messages, streams and errors in the service's form.
@NullMarked
package dev.auriga.sandbox.anthropic;

import org.jspecify.annotations.NullMarked;
