// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import org.jspecify.annotations.Nullable;

/// Where the bytes of an image, a sound, a video or a document are.
public sealed interface Media {

  /// `mediaType` such as `image/png`; `base64` is the content, unwrapped.
  record Inline(String mediaType, String base64) implements Media {}

  record ByUrl(String url, @Nullable String mediaType) implements Media {}

  /// A file kept at the provider under an id.
  record ByFile(String id) implements Media {}
}
