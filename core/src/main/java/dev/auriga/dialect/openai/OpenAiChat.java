// SPDX-License-Identifier: Apache-2.0
package dev.auriga.dialect.openai;

import dev.auriga.completion.Completion;
import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Failure;
import dev.auriga.completion.Outline;
import dev.auriga.dialect.ClientRequest;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Glance;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Problem;
import dev.auriga.dialect.RateLimits;
import dev.auriga.dialect.Scan;
import dev.auriga.dialect.StreamReader;
import dev.auriga.dialect.StreamWriter;
import dev.auriga.dialect.Target;
import dev.auriga.dialect.Written;
import dev.auriga.dialect.names.NameRule;
import dev.auriga.dialect.names.Renaming;
import java.time.InstantSource;

/// The dialect of OpenAI's Chat Completions API, of Azure OpenAI and of the many servers that
/// speak it too.
///
/// It comes in two forms that differ in one thing, how a stream may end: [#strict] wants the
/// `[DONE]` marker, which OpenAI and Azure always send; [#lenient] also takes the end of the bytes
/// after a finish reason, because some compatible servers leave the marker out.
///
/// Source: OpenAI OpenAPI document, `POST /chat/completions`; Azure OpenAI reference.
public final class OpenAiChat implements Dialect {
  public static final String NAME = "openai-chat";

  /// OpenAI OpenAPI document, `FunctionObject.name`; of ids OpenAI says "string too long … maximum
  /// length 40".
  private static final NameRule NAMES =
      new NameRule(NameRule.Words.of("-", 64), NameRule.Words.any(40));

  private final OpenAiStreamReader.Ending ending;
  private final InstantSource clock;
  private final OpenAiFailures failures;

  private OpenAiChat(OpenAiStreamReader.Ending ending, InstantSource clock) {
    this.ending = ending;
    this.clock = clock;
    this.failures = new OpenAiFailures(NAME, clock);
  }

  public static OpenAiChat strict() {
    return strict(InstantSource.system());
  }

  /// `clock` dates what is written and turns retry dates into durations.
  public static OpenAiChat strict(InstantSource clock) {
    return new OpenAiChat(OpenAiStreamReader.Ending.BY_MARKER, clock);
  }

  public static OpenAiChat lenient() {
    return lenient(InstantSource.system());
  }

  /// `clock` dates what is written and turns retry dates into durations.
  public static OpenAiChat lenient(InstantSource clock) {
    return new OpenAiChat(OpenAiStreamReader.Ending.BY_FINISH_REASON, clock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Scan scan(ClientRequest request) {
    return OpenAiOutline.of(request.body());
  }

  @Override
  public CompletionRequest readRequest(ClientRequest request) {
    return OpenAiRequestReader.read(request.body());
  }

  @Override
  public NameRule names() {
    return NAMES;
  }

  @Override
  public Written writeRequest(CompletionRequest request, Target target) {
    Renaming names = Renaming.of(request, NAMES.withCallLength(target.capabilities().tools().callIdLength()));
    return new OpenAiRequestWriter(names.outward(request), target).write().with(names);
  }

  @Override
  public Glance glance(byte[] body) {
    return new OpenAiGlance(body, failures).take();
  }

  @Override
  public Completion readReply(byte[] body) {
    return new OpenAiReplyReader(failures).read(body);
  }

  @Override
  public Written writeReply(Completion completion, ClientRequest request) {
    return OpenAiReplyWriter.write(
        completion, OpenAiFreeForm.namesIn(request.body()), clock.instant().getEpochSecond());
  }

  @Override
  public StreamReader readStream() {
    return new OpenAiStreamReader(ending, failures);
  }

  @Override
  public StreamWriter writeStream(ClientRequest request, Outline asked) {
    return new OpenAiStreamWriter(
        asked.usageWanted(), request.body(), clock.instant().getEpochSecond());
  }

  @Override
  public Failure readFailure(int status, Headers headers, byte[] body) {
    return failures.read(status, headers, body);
  }

  @Override
  public int statusOf(Problem problem) {
    return OpenAiProblems.statusOf(problem.kind());
  }

  @Override
  public byte[] writeProblem(Problem problem) {
    return OpenAiProblems.write(problem);
  }

  @Override
  public RateLimits readLimits(Headers headers) {
    return OpenAiLimits.read(headers);
  }

  @Override
  public Headers writeLimits(RateLimits limits) {
    return OpenAiLimits.write(limits);
  }
}
