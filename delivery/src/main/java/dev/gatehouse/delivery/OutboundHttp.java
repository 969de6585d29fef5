package dev.gatehouse.delivery;

import dev.gatehouse.kernel.WriteGuard;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.spi.DnsResolver;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls to other servers (design.md §2): no redirects, no proxy, bounded in time and size. A name
 * is resolved once, and the very address that was found fit is connected to, so that a name which
 * changes in between leads nowhere else (DNS rebinding). Addresses of this machine and of private
 * networks are reached through configured host names alone; so is plain HTTP.
 *
 * <p>It stands in {@code delivery} because that module was the first to call out; a ring-2
 * neighbour may use it.
 */
public final class OutboundHttp implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LONGEST_CALL = Duration.ofSeconds(20);
  private static final int LONGEST_ANSWER = 64 * 1024;
  private static final int KIB = 1024;

  private final List<String> privateHosts;
  private final Duration longestCall;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final Http1Client client;

  /**
   * @param privateHosts host names and addresses, as they stand in URLs, that may be private and
   *     called without TLS
   */
  public OutboundHttp(List<String> privateHosts) {
    this(privateHosts, InetAddress::getAllByName, Tls.builder().build(), LONGEST_CALL);
  }

  /** How a name becomes addresses. */
  @FunctionalInterface
  interface Names {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  OutboundHttp(List<String> privateHosts, Names names, Tls tls, Duration longestCall) {
    this.privateHosts = privateHosts.stream().map(OutboundHttp::bare).toList();
    this.longestCall = longestCall;
    this.client =
        Http1Client.builder()
            .followRedirects(false)
            .proxy(Proxy.noProxy())
            .tls(tls)
            .sendExpectContinue(false)
            .connectTimeout(TIMEOUT)
            .readTimeout(TIMEOUT)
            .shareConnectionCache(false)
            .dnsResolver(new CheckedNames(names))
            .build();
  }

  /** Without the brackets of IPv6, in lower case. */
  private static String bare(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return (bracketed ? host.substring(1, host.length() - 1) : host).toLowerCase(Locale.ROOT);
  }

  private boolean mayBePrivate(String host) {
    return privateHosts.contains(bare(host));
  }

  /**
   * What a server answered; redirects are answers too.
   *
   * @param headers by lower-case name, the first value of each
   */
  public record Answer(int status, Map<String, String> headers, byte[] body) {}

  /**
   * What a call may take.
   *
   * @param time until the whole answer is there
   * @param silence of the server, meanwhile
   * @param bytes of the answer's body
   */
  public record Bounds(Duration time, Duration silence, int bytes) {}

  /** A call that may not be made, or did not come to an end; holds nothing of the request. */
  public static class CallFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    CallFailedException(String detail) {
      super(detail);
    }
  }

  /** The answer did not come in time. */
  public static final class TooLateException extends CallFailedException {
    private static final long serialVersionUID = 1L;

    TooLateException(String detail) {
      super(detail);
    }
  }

  /** Resolves, checks, and hands the client the one address to connect to. */
  private final class CheckedNames implements DnsResolver {
    private final Names names;

    CheckedNames(Names names) {
      this.names = names;
    }

    @Override
    public InetAddress resolveAddress(String host, DnsAddressLookup lookup) {
      InetAddress[] addresses;
      try {
        addresses = names.resolve(host);
      } catch (UnknownHostException unknown) {
        throw new UnfitHostException(host + " is not known");
      }
      if (!mayBePrivate(host)) {
        for (InetAddress address : addresses) {
          if (ForbiddenAddresses.contains(address)) {
            throw new UnfitHostException(
                host + " has a private address; name it under delivery.privateHosts to allow it");
          }
        }
      }
      InetAddress[] preferred = lookup.filter(addresses);
      return named(host, preferred.length == 0 ? addresses[0] : preferred[0]);
    }
  }

  /**
   * The client checks a certificate against the name that the address bears; one without a name
   * would be asked of reverse DNS, which is in the hands of whoever owns the address.
   */
  private static InetAddress named(String host, InetAddress address) {
    try {
      return InetAddress.getByAddress(bare(host), address.getAddress());
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static final class UnfitHostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfitHostException(String detail) {
      super(detail);
    }
  }

  /**
   * Sends a POST, within the usual bounds of 20 seconds and 64 KiB.
   *
   * @throws CallFailedException when the address is not allowed, the server cannot be reached, or
   *     its answer is too long or too late
   */
  public Answer post(URI uri, Map<String, String> headers, byte[] body) throws CallFailedException {
    return post(uri, headers, body, new Bounds(longestCall, TIMEOUT, LONGEST_ANSWER));
  }

  /**
   * Sends a POST.
   *
   * @throws TooLateException when the answer did not come in time
   * @throws CallFailedException when the address is not allowed, the server cannot be reached, or
   *     its answer is too long
   */
  public Answer post(URI uri, Map<String, String> headers, byte[] body, Bounds bounds)
      throws CallFailedException {
    WriteGuard.outside("calling another server");
    requireAllowed(uri);
    Future<Answer> call = calls.submit(() -> exchange(uri, headers, body, bounds));
    try {
      return call.get(bounds.time().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new TooLateException(uri.getHost() + " took longer than " + bounds.time());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new CallFailedException("interrupted");
    } catch (ExecutionException failure) {
      throw failed(uri, failure.getCause());
    } finally {
      // Closes the connection of a call that is still under way.
      call.cancel(true);
    }
  }

  private void requireAllowed(URI uri) throws CallFailedException {
    String host = uri.getHost();
    if (host == null || uri.getUserInfo() != null) {
      throw new CallFailedException("not an address of a server");
    }
    boolean allowed =
        "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && mayBePrivate(host);
    if (!allowed) {
      throw new CallFailedException(
          host + " is called by https alone; name it under delivery.privateHosts to allow http");
    }
  }

  private Answer exchange(URI uri, Map<String, String> headers, byte[] body, Bounds bounds)
      throws IOException {
    Http1ClientRequest request =
        client
            .post()
            .uri(uri)
            .readTimeout(bounds.silence())
            .skipUriEncoding(true)
            .header(HeaderNames.USER_AGENT, "gatehouse")
            .header(HeaderNames.ACCEPT_ENCODING, "identity");
    headers.forEach((name, value) -> request.header(HeaderNames.create(name), value));
    try (HttpClientResponse response = request.submit(body);
        InputStream in = response.inputStream()) {
      byte[] answer = in.readNBytes(bounds.bytes() + 1);
      if (answer.length > bounds.bytes()) {
        throw new CallFailedException(
            uri.getHost() + " answered more than " + bounds.bytes() / KIB + " KiB");
      }
      return new Answer(response.status().code(), headers(response), answer);
    }
  }

  private static Map<String, String> headers(HttpClientResponse response) {
    Map<String, String> result = new HashMap<>();
    response.headers().forEach(header -> result.put(header.headerName().lowerCase(), header.get()));
    return result;
  }

  /** The kind of failure, and its words where they are ours. */
  private static CallFailedException failed(URI uri, @Nullable Throwable failure) {
    StringBuilder kinds = new StringBuilder();
    boolean late = false;
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof CallFailedException own) {
        return own;
      }
      if (at instanceof UnfitHostException unfit) {
        return new CallFailedException(String.valueOf(unfit.getMessage()));
      }
      if (at instanceof Error error) {
        throw error;
      }
      late |= at instanceof SocketTimeoutException;
      kinds.append(kinds.isEmpty() ? "" : " by ").append(at.getClass().getSimpleName());
    }
    String detail = uri.getHost() + " could not be called: " + kinds;
    return late ? new TooLateException(detail) : new CallFailedException(detail);
  }

  @Override
  public void close() {
    calls.shutdownNow();
    client.closeResource();
  }
}
