// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect;

import org.jspecify.annotations.Nullable;

/// How a wire format asks for the tokens of a prompt without an answer to it.
///
/// The prompt is said as in a completion; only the framing of question and answer is of its own.
public interface Counting {

  /// The completion request whose prompt `question` asks about: itself, where it is said so.
  default ClientRequest prompt(ClientRequest question) {
    return question;
  }

  /// How the client's question goes on to a provider of this dialect with only the model's name
  /// changed; `prompt` goes on so as a completion.
  default Scan.Passage passage(ClientRequest question, Scan.Passage prompt) {
    return prompt;
  }

  /// The question about a completion request that this dialect has written for `model`.
  byte[] ask(byte[] completion, String model);

  /// The number of tokens a provider's answer says, null when it is no such answer.
  @Nullable Long read(byte[] answer);

  byte[] write(long tokens);
}
