package dev.gatehouse.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.app.Server;
import dev.gatehouse.app.ServerOptions;
import dev.gatehouse.app.ServerOptions.LambdaFunctions;
import dev.gatehouse.testkit.UsedSecrets;
import dev.gatehouse.triggers.testing.ScriptedFunction;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One ephemeral server for the whole run, and clients for it. Tests make pools of their own. */
final class TestServer implements AutoCloseable {
  private static final String UNDECLARED = "gatehouse_undeclared_errors_total";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Server server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final CognitoIdentityProviderClient admin;
  private final CognitoIdentityProviderClient anonymous;
  private final AtomicReference<ScriptedFunction> functions = new AtomicReference<>();

  private TestServer() {
    this(ServerOptions.ephemeral(), ScriptedFunction.open());
  }

  private TestServer(ServerOptions options, ScriptedFunction function) {
    this(
        options.with(
            new LambdaFunctions(
                Map.of(TriggerScene.FUNCTION, function.config(2, TriggerScene.OWN_TIME)),
                null,
                Map.of(),
                null)));
    functions.set(function);
  }

  /** A server of its own, for a test that needs another configuration or empties it. */
  TestServer(ServerOptions options) {
    server = Server.start(options);
    admin =
        client(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    server.rootKey().id(), server.rootKey().secret().text())));
    anonymous = client(AnonymousCredentialsProvider.create());
    UsedSecrets.ofThisRun().add(server.rootKey().secret().text());
  }

  /** For a test whose client brings the time along: no other test advances this server's clock. */
  static TestServer withTheRightTime() {
    return new TestServer();
  }

  private CognitoIdentityProviderClient client(AwsCredentialsProvider credentials) {
    return CognitoIdentityProviderClient.builder()
        .endpointOverride(URI.create(server.endpoint()))
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(more -> more.addExecutionInterceptor(new SecretsOnTheWire()))
        .build();
  }

  Server server() {
    return server;
  }

  String endpoint() {
    return server.endpoint();
  }

  /** Signs with the root key. */
  CognitoIdentityProviderClient admin() {
    return admin;
  }

  /** Signs nothing. */
  CognitoIdentityProviderClient anonymous() {
    return anonymous;
  }

  /** An answer as it came over the wire. */
  record Raw(int status, Map<String, String> headers, String body) {
    JsonNode json() {
      return JSON.readTree(body);
    }
  }

  /** Sends nothing but the request line and headers. */
  Raw post(String path) {
    return send(
        HttpRequest.newBuilder(URI.create(endpoint() + path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
  }

  /** Sends a body that an SDK would not send. */
  Raw raw(String operation, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint() + "/"))
            .header("X-Amz-Target", "AWSCognitoIdentityProviderService." + operation)
            .header("Content-Type", "application/x-amz-json-1.1")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    UsedSecrets.ofThisRun().addFromJson(body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  Raw get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  /** A browser's pre-flight. */
  Raw options(String path, String... headers) {
    return send(
        HttpRequest.newBuilder(URI.create(endpoint() + path))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .headers(headers)
            .build());
  }

  private Raw send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      UsedSecrets.ofThisRun().addFromJson(answer.body());
      Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      answer.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      return new Raw(answer.statusCode(), headers, answer.body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All messages to the address, newest first. */
  JsonNode messagesTo(String address) {
    return get(
            "/_gatehouse/inbox?to=" + URLEncoder.encode(address, UTF_8),
            "Accept",
            "application/json")
        .json();
  }

  /** The newest code that was sent to the address. */
  String codeSentTo(String address) {
    return messagesTo(address).get(0).get("code").asString();
  }

  /** The function that pools may name in their triggers; its process starts when it is called. */
  ScriptedFunction function() {
    return functions.get();
  }

  @Override
  public void close() {
    admin.close();
    anonymous.close();
    http.close();
    server.close();
    ScriptedFunction function = functions.get();
    if (function != null) {
      function.close();
    }
  }

  /**
   * Lines of the metrics that tell of an error type which its operation's model does not declare.
   */
  static List<String> undeclaredErrors(String metrics) {
    return metrics.lines().filter(line -> line.startsWith(UNDECLARED)).toList();
  }

  /**
   * Hands the server to test methods and constructors; stops it at the end of the run. A test in
   * which an operation answered an error that is not declared for it fails.
   */
  static final class Extension implements ParameterResolver, AfterEachCallback {
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    @Override
    public void afterEach(ExtensionContext context) {
      TestServer server =
          context
              .getRoot()
              .getStore(ExtensionContext.Namespace.GLOBAL)
              .get(TestServer.class, TestServer.class);
      if (server == null) {
        return;
      }
      List<String> undeclared =
          undeclaredErrors(server.get("/_gatehouse/metrics").body()).stream()
              .filter(TOLD::add)
              .toList();
      if (!undeclared.isEmpty()) {
        throw new AssertionError("answered an error that is not declared: " + undeclared);
      }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == TestServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(TestServer.class, key -> new TestServer(), TestServer.class);
    }
  }
}
