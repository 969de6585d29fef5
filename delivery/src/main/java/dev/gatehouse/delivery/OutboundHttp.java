package dev.gatehouse.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Calls to other servers: no redirects, bounded in time and size, and no address of this machine or
 * a private network unless its host is configured. (The address is checked, and resolved again by
 * the client: a name that changes in between is the operator's own.)
 */
public final class OutboundHttp implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final List<String> privateHosts;
  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(TIMEOUT)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  public OutboundHttp(List<String> privateHosts) {
    this.privateHosts = List.copyOf(privateHosts);
  }

  /** The status of a POST, its answer read and dropped. */
  int post(URI uri, Map<String, String> headers, byte[] body) throws IOException {
    requireAllowed(uri);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    try {
      HttpResponse<InputStream> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        in.readNBytes(LONGEST_ANSWER);
      }
      return answer.statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void requireAllowed(URI uri) throws IOException {
    String host = uri.getHost();
    if (host == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
      throw new IOException("not an http address");
    }
    if (privateHosts.contains(host)) {
      return;
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (address.isLoopbackAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isAnyLocalAddress()
            || address.isMulticastAddress()
            || (address.getAddress()[0] & 0xfe) == 0xfc && address.getAddress().length == 16) {
          throw new IOException(
              host + " has a private address; name it under delivery.privateHosts to allow it");
        }
      }
    } catch (UnknownHostException unknown) {
      throw new IOException(host + " is not known", unknown);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
