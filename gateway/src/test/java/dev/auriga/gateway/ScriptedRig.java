// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway;

import dev.auriga.Assembler;
import dev.auriga.Orchestrator;
import dev.auriga.completion.Secret;
import dev.auriga.config.Config;
import dev.auriga.config.DeploymentConfig;
import dev.auriga.config.KeyConfig;
import dev.auriga.config.Listen;
import dev.auriga.config.ProviderConfig;
import dev.auriga.config.RouteConfig;
import dev.auriga.gateway.metrics.Metrics;
import dev.auriga.gateway.tokens.TableEstimator;
import dev.auriga.gateway.transport.EventLoops;
import dev.auriga.provider.JdkTransport;
import dev.auriga.provider.RawUpstream;
import dev.auriga.provider.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A gateway in front of one server that plays every provider as it is told to.
///
/// Deployments: `claude` and `claude-foundry`, `gpt` (Chat Completions), `gpt-azure`, `gemini`,
/// `local` and `llama3.2:3b` (a compatible server); routes `claude-then-foundry`, `claude-then-gpt`, `gemini-then-gpt`,
/// `learned` and `either`. `claude` and `gpt` are in region `us`, `claude-foundry` and `gpt-azure` in `eu`.
/// The key `tester` is an admin's, `guest` is not, `resident` is served in `eu` only.
final class ScriptedRig implements AutoCloseable {
  static final String KEY = "rig-key-0123456789";
  static final String GUEST_KEY = "guest-key-0123456789";
  static final String RESIDENT_KEY = "resident-key-0123456789";
  static final String UPSTREAM_KEY = "upstream-key-0123456789";

  private final RawUpstream upstream = new RawUpstream();
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private final EventLoops loops = EventLoops.start();
  private final Orchestrator orchestrator;
  private final Gateway gateway;
  private final HttpClient client = HttpClient.newHttpClient();

  /// What the last request for a path said.
  record Seen(String head, String body) {}

  ScriptedRig() {
    this(UnaryOperator.identity(), new JdkTransport());
  }

  ScriptedRig(Config.Limits limits, Transport transport) {
    this(config -> config.limits(limits), transport);
  }

  /// With what `more` adds to the configuration.
  ScriptedRig(UnaryOperator<Config.Builder> more) {
    this(more, new JdkTransport());
  }

  private ScriptedRig(UnaryOperator<Config.Builder> more, Transport transport) {
    Metrics metrics = new Metrics();
    Config config = more.apply(config()).build();
    orchestrator =
        Orchestrator.of(
            config,
            Assembler.Parts.usual(transport)
                .withObservers(List.of(metrics))
                .withTokens(new TableEstimator()));
    List<Key> keys =
        config.keys().entrySet().stream().map(key -> Key.of(key.getKey(), key.getValue())).toList();
    gateway = Gateway.start(orchestrator, keys, loops, metrics);
  }

  private Config.Builder config() {
    Secret key = new Secret(UPSTREAM_KEY);
    ProviderConfig.Auth auth = new ProviderConfig.Auth.ApiKey(key);
    return Config.builder()
        .listen(new Listen("127.0.0.1", 0))
        .key("tester", KeyConfig.of(new Secret(KEY)).asAdmin())
        .key("guest", KeyConfig.of(new Secret(GUEST_KEY)))
        .key("resident", KeyConfig.of(new Secret(RESIDENT_KEY)).withRegions("eu"))
        .provider("anthropic", new ProviderConfig.Anthropic(key, at("/a"), false))
        .provider("foundry", new ProviderConfig.Foundry(null, at("/f/anthropic"), auth, false))
        .provider("openai", new ProviderConfig.OpenAi(key, at("/o/v1"), null, false))
        .provider("azure", new ProviderConfig.AzureOpenAi(at("/z"), null, auth, false))
        .provider("google", new ProviderConfig.Gemini(key, at("/g/v1beta"), false))
        .provider("own", new ProviderConfig.OpenAiCompatible(at("/l/v1"), null, false))
        .deployment("claude", new DeploymentConfig("anthropic", "claude-sonnet-4-5").withRegion("us"))
        .deployment("claude-foundry", new DeploymentConfig("foundry", "claude-sonnet-4-5").withRegion("eu"))
        .deployment("gpt", new DeploymentConfig("openai", "gpt-4o").withRegion("us"))
        .deployment("gpt-azure", new DeploymentConfig("azure", "gpt-4o").withRegion("eu"))
        .deployment("gemini", new DeploymentConfig("google", "gemini-2.5-pro"))
        .deployment("llama3.2:3b", new DeploymentConfig("own", "llama3.2:3b"))
        .deployment("local", new DeploymentConfig("own", "llama"))
        .route("claude-then-foundry", inTurn("claude", "claude-foundry"))
        .route("claude-then-gpt", inTurn("claude", "gpt"))
        .route("gemini-then-gpt", inTurn("gemini", "gpt"))
        .route("either", new RouteConfig.Weighted(evenly("claude", "claude-foundry")))
        .route("learned", new RouteConfig.Best(names("claude", "claude-foundry"), RouteConfig.Best.Mode.QUALITY));
  }

  private static RouteConfig inTurn(String... names) {
    return new RouteConfig.InTurn(names(names));
  }

  private static SequencedMap<String, Double> evenly(String... names) {
    SequencedMap<String, Double> weights = new LinkedHashMap<>();
    Stream.of(names).forEach(name -> weights.put(name, 1.0));
    return weights;
  }

  private static List<RouteConfig> names(String... names) {
    return Stream.of(names).<RouteConfig>map(RouteConfig.Name::new).toList();
  }

  private String at(String path) {
    return upstream.uri(path).toString();
  }

  /// From now on a request for `path` gets this.
  ScriptedRig on(String path, int status, String body, String... moreHead) {
    upstream.on(path, answer(path, status, body, moreHead));
    return this;
  }

  /// The next request for `path` gets `status` and `body`, all after it `later`, with status 200.
  ScriptedRig once(String path, int status, String body, String later) {
    RawUpstream.Script first = answer(path, status, body);
    RawUpstream.Script others = answer(path, 200, later);
    AtomicBoolean isAnswered = new AtomicBoolean();
    upstream.on(path, peer -> (isAnswered.getAndSet(true) ? others : first).answer(peer));
    return this;
  }

  private RawUpstream.Script answer(String path, int status, String body, String... moreHead) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head =
        new StringBuilder("HTTP/1.1 %d X\r\ncontent-type: application/json\r\ncontent-length: %d\r\n".formatted(status, bytes.length));
    for (String line : moreHead) {
      head.append(line).append("\r\n");
    }
    return peer -> {
      seen.put(path, new Seen(peer.head(), new String(peer.body(), StandardCharsets.UTF_8)));
      peer.send(head + "\r\n");
      peer.send(bytes);
    };
  }

  /// From now on a request for `path` gets nothing; counts down when one has come.
  CountDownLatch hang(String path) {
    CountDownLatch asked = new CountDownLatch(1);
    upstream.on(
        path,
        peer -> {
          asked.countDown();
          peer.hang();
        });
    return asked;
  }

  /// From now on a request for `path` gets these bytes of a stream, and then, where `bytes` promises more
  /// than there are, nothing.
  ScriptedRig onStream(String path, String events, int bytes) {
    upstream.on(
        path,
        peer -> {
          peer.send("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: %d\r\n\r\n".formatted(bytes));
          peer.send(events.getBytes(StandardCharsets.UTF_8));
        });
    return this;
  }

  /// The last request for `path`; throws when there was none.
  Seen seen(String path) {
    Seen found = seen.get(path);
    if (found == null) {
      throw new AssertionError("nobody asked for " + path);
    }
    return found;
  }

  int requests() {
    return upstream.requests();
  }

  URI address() {
    return gateway.address();
  }

  Orchestrator orchestrator() {
    return orchestrator;
  }

  HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
    return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
    return send(request(path, headers).GET().build());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> sent(String path, String body) {
    HttpRequest request = request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway.address() + path))
            .header("authorization", "Bearer " + KEY)
            .header("content-type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request;
  }

  @Override
  public void close() {
    gateway.close();
    orchestrator.close();
    loops.close();
    upstream.close();
    client.close();
  }
}
