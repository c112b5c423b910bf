// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

/// The conversation a request belongs to.
///
/// @param key the same for every turn of it
/// @param bond how firmly it stays where it is
public record Conversation(String key, Bond bond) {

  /// How a conversation was recognised decides what it outranks.
  public enum Bond {
    /// The caller named a session, or an agent is at work with tools: it stays where its prompt cache
    /// and its signed reasoning are, whatever the next turn is about.
    SESSION,
    /// Only its beginning is the same: it stays among those that suit the turn's task.
    PREFIX
  }
}
