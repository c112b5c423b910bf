// SPDX-License-Identifier: Apache-2.0
package dev.auriga.completion;

import org.jspecify.annotations.Nullable;

/// Draws the [Lineage] of a conversation while its messages go by in their order.
///
/// Only texts count: marks for caches, ids and media may change from one turn to the next while what
/// was said stays. For one request.
public final class Beginning {
  private enum Stage {
    BEFORE_THE_USER,
    BEFORE_THE_ANSWER,
    KNOWN
  }

  private final Fingerprint system = new Fingerprint();
  private final Fingerprint tools = new Fingerprint();
  private final Fingerprint opening = new Fingerprint();
  private Fingerprint message = new Fingerprint();
  private Stage stage = Stage.BEFORE_THE_USER;
  private long answer;
  private @Nullable String session;
  private @Nullable String cacheKey;

  public Fingerprint system() {
    return system;
  }

  public Fingerprint tools() {
    return tools;
  }

  /// Whether texts of messages still matter.
  public boolean isOpen() {
    return stage != Stage.KNOWN;
  }

  /// Where the texts of the message that goes by now are added to.
  public Fingerprint message() {
    return message;
  }

  /// The message that went by was that of `role`; the next begins.
  public void said(Role role) {
    switch (role) {
      case SYSTEM, DEVELOPER, USER, TOOL -> {
        if (stage == Stage.BEFORE_THE_USER) {
          opening.add(message.value());
          stage = role == Role.USER ? Stage.BEFORE_THE_ANSWER : stage;
        }
      }
      case ASSISTANT -> {
        answer = answer == 0 ? message.value() : answer;
        stage = Stage.KNOWN;
      }
    }
    message = new Fingerprint();
  }

  public void session(@Nullable String name) {
    session = name;
  }

  public void cacheKey(@Nullable String name) {
    cacheKey = name;
  }

  /// What is known of a conversation of so many messages.
  public Lineage lineage(int messages) {
    Fingerprint all = new Fingerprint();
    all.add(system.value());
    all.add(tools.value());
    all.add(opening.value());
    return new Lineage(session, cacheKey, messages, all.value(), answer);
  }
}
