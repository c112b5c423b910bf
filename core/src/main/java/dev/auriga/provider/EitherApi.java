// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import dev.auriga.capability.Capabilities;
import dev.auriga.completion.Operation;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.responses.OpenAiResponses;

/// A provider with both of OpenAI's APIs, one of which is chosen for each attempt.
///
/// What a client says in either is passed on there, but for models that are called over Responses
/// only. Models that take tools with reasoning over Responses only are called there for everybody too,
/// except for a Chat Completions request without tools, which needs no translation (OpenAI
/// documentation, Reasoning models and the models' own pages).
public final class EitherApi implements Provider {
  private static final Dialect CHAT = OpenAiChat.strict();
  private static final Dialect RESPONSES = new OpenAiResponses();

  private final Provider chat;
  private final Provider responses;

  public EitherApi(Provider chat, Provider responses) {
    this.chat = chat;
    this.responses = responses;
  }

  @Override
  public Reply send(Call call) throws InterruptedException {
    Provider provider =
        switch (call.asked()) {
          case Asked.ToComplete asked -> goesToResponses(asked, call.deployment()) ? responses : chat;
          case Asked.ToCount _ -> responses.does(Operation.COUNT) ? responses : chat;
          case Asked.ToEmbed _ -> chat;
        };
    return provider.send(call);
  }

  @Override
  public boolean does(Operation operation) {
    return chat.does(operation) || responses.does(operation);
  }

  private static boolean goesToResponses(Asked.ToComplete asked, Deployment deployment) {
    Capabilities model = deployment.target().capabilities();
    if (model.responsesOnly() || asked.passageTo(RESPONSES) != null) {
      return true;
    }
    boolean passes = asked.passageTo(CHAT) != null && !asked.outline().carriesTools();
    return !passes && model.reasoning().responsesForTools();
  }

  @Override
  public void close() {
    chat.close();
    responses.close();
  }
}
