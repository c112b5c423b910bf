// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import dev.auriga.completion.Lineage;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Sha256;
import org.jspecify.annotations.Nullable;

/// The conversation a request belongs to, as far as it can be told.
///
/// @param key the same for every turn of it but, where it is known by how it begins, the first; no text
///     of it can be read from it
/// @param before what its first turn was known by, absent where that is the key
/// @param bond how firmly it stays where it is
public record Conversation(String key, @Nullable String before, Bond bond) {
  /// 128 bits: no two conversations share a key.
  private static final int DIGITS = 32;

  /// How a conversation was recognised decides what it outranks.
  public enum Bond {
    /// The caller named a session, or an agent is at work with tools: it stays where its prompt cache
    /// and its signed reasoning are, whatever the next turn is about.
    SESSION,
    /// Only its beginning is the same: it stays among those that suit the turn's task.
    PREFIX,
    /// It is the first turn of something that may go on, or a question that many ask: it is remembered
    /// who served it, and nothing else.
    NONE
  }

  public Conversation(String key, Bond bond) {
    this(key, null, bond);
  }

  /// The conversation of a request: by the session the caller names beside it, else by the session or
  /// the cache key in it, else by how it begins. Null where nothing is known.
  ///
  /// Callers and routes are kept apart: the same beginning is another conversation for another key.
  ///
  /// @param caller who asks
  /// @param session what the caller names beside the request, absent when nothing
  public static @Nullable Conversation of(String caller, @Nullable String session, Outline outline) {
    Lineage lineage = outline.lineage();
    String of = caller + "\n" + outline.model() + "\n";
    String named = session != null ? session : lineage.session();
    if (named != null) {
      return new Conversation(key(of + "session\n" + named), Bond.SESSION);
    }
    Bond bond = lineage.goesOn() && outline.carriesTools() ? Bond.SESSION : Bond.PREFIX;
    String cacheKey = lineage.cacheKey();
    if (cacheKey != null && !cacheKey.isBlank()) {
      return new Conversation(key(of + "cache\n" + cacheKey), bond);
    }
    if (lineage.opening() == 0) {
      return null;
    }
    String opening = of + "from\n" + lineage.opening();
    return lineage.goesOn()
        ? new Conversation(key(opening + "\n" + lineage.answer()), key(opening), bond)
        : new Conversation(key(opening), Bond.NONE);
  }

  /// What its first turn is known by, and so every one of it.
  public String root() {
    return before == null ? key : before;
  }

  private static String key(String identity) {
    return Sha256.hex(identity, DIGITS);
  }

  /// Whether it stays where it is.
  boolean binds() {
    return bond != Bond.NONE;
  }
}
