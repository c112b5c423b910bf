// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import org.jspecify.annotations.Nullable;

/// "The prompt up to here may be cached"; `ttl` as the client wrote it (`5m`, `1h`), if it did.
///
/// Source: Anthropic documentation, Prompt caching (`cache_control`).
public record CacheMark(@Nullable String ttl) {}
