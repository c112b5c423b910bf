// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.gemini;

import dev.auriga.completion.Completion;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Failure;
import dev.auriga.completion.Outline;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Counting;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Problem;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.StreamReader;
import dev.auriga.dialect.StreamWriter;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Written;
import dev.auriga.dialect.names.NameRule;
import dev.auriga.dialect.names.Renaming;

/// Google's dialect: generateContent and streamGenerateContent, of the Gemini API and Vertex AI.
///
/// The model and the wish for a stream are in the path, so a request passes unchanged.
/// Source: Gemini API reference, models.generateContent.
public final class Gemini implements Dialect {
  static final String NAME = "gemini";

  /// Google Gen AI SDK, `FunctionDeclaration.name`. Google pairs calls by name and order and is shown no
  /// ids; its clients take any.
  private static final NameRule NAMES =
      new NameRule(NameRule.Words.of(".:-", 64).openedWithLetter(), NameRule.Words.any(256));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Scan scan(ClientRequest request) {
    return GeminiOutline.draw(request);
  }

  @Override
  public CompletionRequest readRequest(ClientRequest request) {
    return GeminiRequestReader.read(request);
  }

  @Override
  public NameRule names() {
    return NAMES;
  }

  @Override
  public Written writeRequest(CompletionRequest request, Target target) {
    Renaming names = Renaming.of(request, NAMES.withCallLength(target.capabilities().tools().callIdLength()));
    return GeminiRequestWriter.write(names.outward(request), target).with(names);
  }

  @Override
  public Glance glance(byte[] body) {
    return GeminiGlance.draw(body);
  }

  @Override
  public Completion readReply(byte[] body) {
    return GeminiReplies.read(body);
  }

  @Override
  public Written writeReply(Completion completion, ClientRequest request) {
    return GeminiReplies.write(completion);
  }

  @Override
  public StreamReader readStream() {
    return new GeminiStreamReader();
  }

  @Override
  public StreamWriter writeStream(ClientRequest request, Outline asked) {
    return new GeminiStreamWriter(request.framing(), asked.model());
  }

  @Override
  public Failure readFailure(int status, Headers headers, byte[] body) {
    return GeminiErrors.read(status, headers, body);
  }

  @Override
  public int statusOf(Problem problem) {
    return GeminiProblems.status(problem);
  }

  @Override
  public byte[] writeProblem(Problem problem) {
    return GeminiProblems.write(problem);
  }

  @Override
  public Counting counting() {
    return new GeminiCounting();
  }
}
