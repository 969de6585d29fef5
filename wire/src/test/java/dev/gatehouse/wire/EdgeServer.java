package dev.gatehouse.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.access.AccessKeys;
import dev.gatehouse.access.AccessKeys.AccessKey;
import dev.gatehouse.access.SigV4Verifier;
import dev.gatehouse.access.sts.GetCallerIdentity;
import dev.gatehouse.http.AccessLog;
import dev.gatehouse.http.HttpConfig;
import dev.gatehouse.http.HttpListener;
import dev.gatehouse.http.Router;
import dev.gatehouse.kernel.AuditLog;
import dev.gatehouse.kernel.AuditNote;
import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Reason;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.model.ApiError;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.ListUserPoolsResponse;
import dev.gatehouse.model.cognitoidp.SignUpResponse;
import dev.gatehouse.model.sts.StsOperations;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/** Both endpoints on a real listener, with a few operations that do little. */
final class EdgeServer implements AutoCloseable {
  static final String KEY = "AKIAEXAMPLEKEY000001";
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  static final String ACCOUNT = "123456789012";
  static final String SUB = "34c84488-e0e1-70ae-d2ee-991ad1a898c8";

  /** Becomes an error of this type. */
  record Typed(String type) implements Reason {}

  final List<AuditLog.Entry> audited = new CopyOnWriteArrayList<>();
  final List<String> counted = new CopyOnWriteArrayList<>();
  private final HttpListener listener;

  EdgeServer(CallLimits limits, UndeclaredErrors undeclared) {
    SigV4Verifier verifier =
        new SigV4Verifier(
            AccessKeys.only(
                KEY,
                new AccessKey(
                    Secret.of(SECRET),
                    new Caller.Signed("arn:aws:iam::" + ACCOUNT + ":root", ACCOUNT, KEY))),
            WallClock.system(),
            Secret.of("nobody's"));
    EdgeParts parts =
        new EdgeParts(
            verifier,
            (reason, operation) ->
                new ApiError(((Typed) reason).type(), "The words for it\r\nX-Evil: 1", 400),
            limits,
            undeclared,
            audited::add,
            new Counting());
    ServiceTable pools =
        new ServiceTable(CognitoIdpOperations.all())
            .serve(
                CognitoIdpOperations.LIST_USER_POOLS,
                (request, context) -> ListUserPoolsResponse.builder().userPools(List.of()).build())
            .serve(
                CognitoIdpOperations.SIGN_UP,
                (request, context) ->
                    switch (request.username()) {
                      case "refused" -> throw new Refusal(new Typed("UsernameExistsException"));
                      case "undeclared" -> throw new Refusal(new Typed("GroupExistsException"));
                      case "broken" -> throw new IllegalStateException("secret-of-the-inside");
                      default -> SignUpResponse.builder().userConfirmed(false).userSub(SUB).build();
                    })
            .serve(
                CognitoIdpOperations.SET_UI_CUSTOMIZATION,
                (request, context) -> {
                  throw new Refusal(new Typed("ResourceNotFoundException"));
                })
            .serve(
                CognitoIdpOperations.ADMIN_CREATE_USER,
                (request, context) -> {
                  AuditNote.user(SUB);
                  throw new Refusal(new Typed("AliasExistsException"));
                });
    ServiceTable sts =
        new ServiceTable(StsOperations.all())
            .serve(StsOperations.GET_CALLER_IDENTITY, new GetCallerIdentity(ACCOUNT));
    Router router = new Router();
    new RootHandler(
            List.of(
                new JsonEndpoint("AWSCognitoIdentityProviderService", "cognito-idp", pools, parts)),
            QueryEndpoint.sts(sts, parts))
        .register(router);
    new WellKnownHandler(
            new PoolDocuments() {
              @Override
              public Optional<String> jwks(String poolId) {
                return poolId.equals("eu-west-1_aB3dE5fG7")
                    ? Optional.of("{\"keys\":[]}")
                    : Optional.empty();
              }

              @Override
              public Optional<String> openidConfiguration(String poolId) {
                return jwks(poolId).map(keys -> "{\"issuer\":\"x\"}");
              }
            })
        .register(router);
    this.listener =
        HttpListener.start(HttpConfig.loopback(0), router, WallClock.system(), new AccessLog());
  }

  private final class Counting implements Meter {
    @Override
    public void count(String name, String... labels) {
      counted.add(name + " " + String.join(" ", labels));
    }

    @Override
    public void time(String name, Duration elapsed, String... labels) {}

    @Override
    public void size(String name, double value, String... labels) {}

    @Override
    public void gauge(String name, DoubleSupplier value) {}
  }

  URI uri() {
    return URI.create("http://localhost:" + listener.port() + "/");
  }

  /** Sends a request as it is. */
  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri().resolve(path))
              .method(method, HttpRequest.BodyPublishers.ofString(body, UTF_8));
      if (headers.length > 0) {
        request.headers(headers);
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  /** Calls an operation of user pools without a signature. */
  HttpResponse<String> call(String operation, String body)
      throws IOException, InterruptedException {
    return send(
        "POST",
        "/",
        body,
        "X-Amz-Target",
        "AWSCognitoIdentityProviderService." + operation,
        "Content-Type",
        "application/x-amz-json-1.1");
  }

  @Override
  public void close() {
    listener.close();
  }
}
