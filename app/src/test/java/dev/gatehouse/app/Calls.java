package dev.gatehouse.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.access.RequestSigner;
import dev.gatehouse.access.StoredAccessKeys.RootKey;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

/** Requests to one server, as a client or an operator makes them. */
final class Calls implements AutoCloseable {
  static {
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final String endpoint;
  private final RootKey key;

  Calls(String endpoint, RootKey key) {
    this.endpoint = endpoint;
    this.key = key;
  }

  static Calls to(Server server) {
    return new Calls(server.endpoint(), server.rootKey());
  }

  record Answer(int status, String body) {
    /** A string member of the JSON body, by its name. */
    String member(String name) {
      int at = body.indexOf("\"" + name + "\":\"");
      if (at < 0) {
        throw new AssertionError("no " + name + " in " + body);
      }
      int from = at + name.length() + 4;
      return body.substring(from, body.indexOf('"', from));
    }
  }

  /** An operation of user pools, signed. */
  Answer operation(String name, String json) {
    return operation(name, json, key.id(), key.secret());
  }

  Answer operation(String name, String json, String keyId, Secret secret) {
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/x-amz-json-1.1",
            "X-Amz-Target",
            "AWSCognitoIdentityProviderService." + name);
    return send(
        "POST", "/", json, signed("cognito-idp", "POST", "/", headers, json, keyId, secret));
  }

  /** A request under {@code /_gatehouse} with the root key's signature. */
  Answer managing(String method, String path) {
    return send(
        method, path, "", signed("gatehouse", method, path, Map.of(), "", key.id(), key.secret()));
  }

  Map<String, String> signed(String method, String path) {
    return signed("gatehouse", method, path, Map.of(), "", key.id(), key.secret());
  }

  private Map<String, String> signed(
      String service,
      String method,
      String path,
      Map<String, String> headers,
      String body,
      String keyId,
      Secret secret) {
    return new RequestSigner("us-east-1", service, keyId, secret)
        .sign(
            method,
            URI.create(endpoint + path),
            headers,
            body.getBytes(UTF_8),
            WallClock.system().now());
  }

  Answer send(String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    new TreeMap<>(headers).forEach(request::setHeader);
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
