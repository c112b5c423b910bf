// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox;

import dev.auriga.sandbox.fault.Fault;
import dev.auriga.sandbox.protocol.RetryAfter;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Scripts faults in sentences, such as
/// `faults.on(FOUNDRY).model("claude-sonnet-4-5").times(2).status(529)`. Several faults on the same
/// calls happen in the order they were scripted. Without `once` or `times` a fault stays until it
/// is cleared. Faults concern calls of models, not lists of models.
public final class Faults {
  private final FaultScript script;

  Faults(FaultScript script) {
    this.script = script;
  }

  /// Begins a sentence about a provider.
  public On on(Simulated provider) {
    return new On(script, provider, null, FaultScript.ALWAYS);
  }

  /// All goes well from now on.
  public void clear() {
    script.clear();
  }

  /// All goes well at this provider from now on.
  public void clear(Simulated provider) {
    script.clear(provider);
  }

  /// How many scripted faults are still to come; one that stays until cleared counts as one.
  public int pending() {
    return script.pending().size();
  }

  /// A sentence that lacks its verb.
  public static final class On {
    private final FaultScript script;
    private final Simulated provider;
    private final @Nullable String model;
    private final int times;

    private On(FaultScript script, Simulated provider, @Nullable String model, int times) {
      this.script = script;
      this.provider = provider;
      this.model = model;
      this.times = times;
    }

    /// Only calls that name this model or deployment.
    public On model(String name) {
      return new On(script, provider, name, times);
    }

    /// One call.
    public On once() {
      return times(1);
    }

    /// So many calls.
    public On times(int calls) {
      return new On(script, provider, model, calls);
    }

    /// The provider's own error with that status.
    public void status(int status) {
      happens(new Fault.Status(status, null));
    }

    /// The provider's own error with that status and a time to wait in whole seconds.
    public void status(int status, Duration retryAfter) {
      happens(new Fault.Status(status, new RetryAfter(retryAfter, RetryAfter.Form.SECONDS)));
    }

    /// 429 that does not say when to come back.
    public void rateLimited() {
      happens(new Fault.Status(429, null));
    }

    /// 429 with a time to wait, in seconds (of Gemini: RetryInfo).
    public void rateLimited(Duration retryAfter) {
      rateLimited(retryAfter, RetryAfter.Form.SECONDS);
    }

    /// 429 with a time to wait in that form.
    public void rateLimited(Duration retryAfter, RetryAfter.Form form) {
      happens(new Fault.Status(429, new RetryAfter(retryAfter, form)));
    }

    /// 429 that waiting does not cure.
    public void quotaExhausted() {
      happens(new Fault.QuotaExhausted());
    }

    /// The key is refused.
    public void unauthorised() {
      happens(new Fault.Status(401, null));
    }

    /// The model is not there.
    public void modelNotFound() {
      happens(new Fault.Status(404, null));
    }

    /// The prompt does not fit the model.
    public void contextTooLong() {
      happens(new Fault.ContextTooLong());
    }

    /// The content filter blocks the prompt.
    public void contentFilter() {
      happens(new Fault.ContentFilter(false));
    }

    /// The content filter stops the answer half way.
    public void contentFilterInAnswer() {
      happens(new Fault.ContentFilter(true));
    }

    /// The connection is reset before the response begins.
    public void reset() {
      happens(new Fault.Reset());
    }

    /// The request is taken and never answered.
    public void hang() {
      happens(new Fault.Hang());
    }

    /// The first token comes that much later.
    public void slowFirstToken(Duration wait) {
      happens(new Fault.SlowFirstToken(wait));
    }

    /// The connection breaks after so many events.
    public void cutAfter(int events) {
      happens(new Fault.CutAfter(events));
    }

    /// The body is shorter than its content length says.
    public void cutBody() {
      happens(new Fault.CutBody());
    }

    /// The stream ends without the event that says so.
    public void withoutTerminal() {
      happens(new Fault.WithoutTerminal());
    }

    /// An event that cannot be read comes after so many good ones, and the stream goes on.
    public void malformedAfter(int events) {
      happens(new Fault.MalformedAfter(events));
    }

    /// An error comes after so many events (0 = as the first), and the stream ends.
    public void errorEventAfter(int events) {
      happens(new Fault.ErrorEventAfter(events));
    }

    /// Nothing more comes after so many events.
    public void stallAfter(int events) {
      happens(new Fault.StallAfter(events, null));
    }

    /// Nothing comes for a while after so many events.
    public void stallAfter(int events, Duration pause) {
      happens(new Fault.StallAfter(events, pause));
    }

    /// This answer, word for word.
    public void reply(int status, Map<String, String> headers, String body) {
      happens(new Fault.Scripted(status, headers, body));
    }

    /// That fault.
    public void happens(Fault fault) {
      script.add(new FaultScript.Entry(provider, model, times, fault));
    }
  }
}
