// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

/// A kind of input beside text.
public enum Modality {
  IMAGE,
  AUDIO,
  VIDEO,
  DOCUMENT
}
