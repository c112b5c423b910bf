// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.mind;

/// How a model writes: an opening phrase (may be empty), how many sentences of prose it likes, and
/// whether it sets answers in Markdown.
public record Style(String preamble, int sentences, boolean markdown) {}
