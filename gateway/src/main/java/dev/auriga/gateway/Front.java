// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.Orchestrator;
import dev.auriga.completion.Refusal;
import dev.auriga.dialect.Dialect;
import dev.auriga.dialect.Headers;
import dev.auriga.dialect.Problem;
import dev.auriga.dialect.anthropic.AnthropicMessages;
import dev.auriga.dialect.gemini.Gemini;
import dev.auriga.dialect.openai.OpenAiChat;
import dev.auriga.dialect.responses.OpenAiResponses;
import dev.auriga.engine.Caller;
import dev.auriga.gateway.metrics.Metrics;
import dev.auriga.gateway.metrics.MetricsPage;
import dev.auriga.gateway.transport.Exchange;
import dev.auriga.gateway.transport.Handler;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// The front door: finds who answers a path, and tells every refusal in the dialect of that path.
final class Front implements Handler {
  private static final System.Logger LOG = System.getLogger(Front.class.getName());
  private static final String GEMINI = "/v1beta/models";
  private static final Problem CROWDED =
      new Problem(
          Problem.Kind.OVERLOADED,
          "there is no room for this body beside those of other requests; try again, or see limits.bodies"
              + " in the configuration",
          null,
          Duration.ofSeconds(1),
          null);

  private final Orchestrator orchestrator;
  private final Keys keys;
  private final CompletionEndpoint openAi;
  private final CompletionEndpoint responses;
  private final CompletionEndpoint anthropic;
  private final CompletionEndpoint gemini;
  private final CountEndpoint anthropicCount;
  private final CountEndpoint responsesCount;
  private final CountEndpoint geminiCount;
  private final EmbeddingEndpoint embeddings;
  private final ModelsEndpoint models;
  private final ExplainEndpoint explain;
  private final FeedbackEndpoint feedback;
  private final DecisionsEndpoint decisions;
  private final Metrics metrics;
  private final MetricsPage metricsPage;

  Front(Orchestrator orchestrator, Keys keys, MetricsPage metricsPage) {
    this.orchestrator = orchestrator;
    this.keys = keys;
    this.openAi = new CompletionEndpoint(orchestrator, OpenAiChat.strict());
    this.responses = new CompletionEndpoint(orchestrator, new OpenAiResponses());
    this.anthropic = new CompletionEndpoint(orchestrator, new AnthropicMessages());
    this.gemini = new CompletionEndpoint(orchestrator, new Gemini());
    this.anthropicCount = new CountEndpoint(orchestrator, anthropic.dialect());
    this.responsesCount = new CountEndpoint(orchestrator, responses.dialect());
    this.geminiCount = new CountEndpoint(orchestrator, gemini.dialect());
    this.embeddings = new EmbeddingEndpoint(orchestrator, openAi.dialect());
    this.models = new ModelsEndpoint(orchestrator);
    this.metrics = metricsPage.metrics();
    this.metricsPage = metricsPage;
    this.explain = new ExplainEndpoint(orchestrator);
    this.feedback = new FeedbackEndpoint(orchestrator);
    this.decisions = new DecisionsEndpoint(orchestrator);
  }

  /// Who has no key is refused before a long body of theirs takes memory.
  @Override
  public boolean receives(Exchange exchange) {
    return keys.know(exchange.headers());
  }

  @Override
  public void handle(Exchange exchange) throws InterruptedException {
    metrics.entered();
    try {
      dispatch(exchange);
    } catch (Refusal refusal) {
      refuse(exchange, Problem.of(refusal));
    } catch (RuntimeException fault) {
      String id = orchestrator.newId();
      LOG.log(
          Level.ERROR, "%s: a fault of Auriga's own at %s %s".formatted(id, exchange.method(), exchange.path()), fault);
      if (exchange.stopKeepAlive()) {
        exchange.abort(); // nothing can be said any more in what has begun
      } else {
        Tell.problem(exchange, dialectOf(exchange), Tell.OWN_FAULT, Tell.aside(id));
      }
    } finally {
      metrics.left();
    }
  }

  @Override
  public void tooLarge(Exchange exchange) throws InterruptedException {
    refuse(
        exchange,
        Problem.of(new Refusal(Refusal.Kind.TOO_LARGE, "the body is over the limit; see limits.body in the configuration")));
  }

  @Override
  public void crowded(Exchange exchange) throws InterruptedException {
    refuse(exchange, CROWDED);
  }

  /// Says no to what never became a journey.
  private void refuse(Exchange exchange, Problem problem) throws InterruptedException {
    refuse(exchange, problem, Tell.aside(orchestrator.newId()));
  }

  private void refuse(Exchange exchange, Problem problem, Headers headers) throws InterruptedException {
    LOG.log(Level.DEBUG, () -> "%s refused: %s".formatted(headers.first("x-auriga-request"), problem.kind()));
    Tell.problem(exchange, dialectOf(exchange), problem, headers);
  }

  /// One parsed path decides both who may call and who answers.
  private void dispatch(Exchange exchange) throws InterruptedException {
    String path = exchange.path();
    if (path.equals("/healthz") || path.equals("/readyz")) {
      if (exchange.method().equals("HEAD") || isMethod(exchange, "GET")) {
        HealthEndpoint.answer(exchange, Tell.aside(orchestrator.newId()));
      }
      return;
    }
    if (path.equals("/metrics") && orchestrator.config().metrics().open()) {
      if (isMethod(exchange, "GET")) {
        metrics(exchange);
      }
      return;
    }
    Caller caller = keys.caller(exchange.headers());
    switch (path) {
      case "/v1/chat/completions" -> need(exchange, "POST", openAi, caller);
      case "/v1/responses" -> need(exchange, "POST", responses, caller);
      case "/v1/messages" -> need(exchange, "POST", anthropic, caller);
      case "/v1/messages/count_tokens" -> need(exchange, "POST", anthropicCount, caller);
      case "/v1/responses/input_tokens" -> need(exchange, "POST", responsesCount, caller);
      case "/v1/embeddings" -> need(exchange, "POST", embeddings, caller);
      case "/v1/models", GEMINI -> need(exchange, "GET", models, caller);
      case "/metrics" -> need(exchange, "GET", this::metrics, caller);
      case "/api/explain" -> need(exchange, "POST", explain, caller);
      case "/api/feedback" -> need(exchange, "POST", feedback, caller);
      default -> {
        if (RequestPath.isGemini(exchange)) {
          need(exchange, "POST", RequestPath.counts(path) ? geminiCount : gemini, caller);
        } else if (path.startsWith(DecisionsEndpoint.PATH)) {
          need(exchange, "GET", decisions, caller);
        } else if (path.startsWith("/v1/models/") || path.startsWith(GEMINI + "/")) {
          need(exchange, "GET", models, caller);
        } else {
          throw new Refusal(
              Refusal.Kind.NOT_FOUND,
              "there is nothing at %s; there are /v1/chat/completions, /v1/responses, /v1/messages,"
                      .formatted(path)
                  + " /v1beta/models/{route}:generateContent, /v1/embeddings, /v1/models, /api/explain,"
                  + " /api/decisions/{request}, /api/feedback, /metrics and /healthz");
        }
      }
    }
  }

  private void metrics(Exchange exchange, Caller caller) throws InterruptedException {
    requireAdmin(caller, "/metrics");
    metrics(exchange);
  }

  private void metrics(Exchange exchange) throws InterruptedException {
    exchange.reply(
        200, Tell.aside(MetricsPage.CONTENT_TYPE, orchestrator.newId(), "-"), metricsPage.written());
  }

  private static void requireAdmin(Caller caller, String path) {
    if (!caller.admin()) {
      throw new Refusal(
          Refusal.Kind.FORBIDDEN,
          "the key \"%s\" may not see %s; in the configuration \"admin: true\" lets it"
              .formatted(caller.name(), path));
    }
  }

  private void need(Exchange exchange, String method, Endpoint endpoint, Caller caller)
      throws InterruptedException {
    if (isMethod(exchange, method)) {
      endpoint.handle(exchange, caller);
    }
  }

  /// Whether the request has the path's method; says no when it has another.
  private boolean isMethod(Exchange exchange, String method) throws InterruptedException {
    if (exchange.method().equals(method)) {
      return true;
    }
    String reason = "%s takes %s, not %s".formatted(exchange.path(), method, exchange.method());
    refuse(
        exchange,
        new Problem(Problem.Kind.METHOD_NOT_ALLOWED, reason, null, null, null),
        Tell.aside(orchestrator.newId()).with("allow", method));
    return false;
  }

  private Dialect dialectOf(Exchange exchange) {
    String path = exchange.path();
    if (path.startsWith("/v1/messages")) {
      return anthropic.dialect();
    }
    if (path.startsWith("/v1/responses")) {
      return responses.dialect();
    }
    return path.startsWith("/v1beta/") || RequestPath.isGemini(exchange)
        ? gemini.dialect()
        : openAi.dialect();
  }
}
