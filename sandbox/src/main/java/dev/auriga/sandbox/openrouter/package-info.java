// SPDX-License-Identifier: Apache-2.0
/// OpenRouter: one API in front of everybody's models.
@NullMarked
package dev.auriga.sandbox.openrouter;

import org.jspecify.annotations.NullMarked;
