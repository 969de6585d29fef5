package dev.gatehouse.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.testkit.UsedSecrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Keeps the passwords, codes and tokens that an SDK sends and gets for the check of all output. */
final class SecretsOnTheWire implements ExecutionInterceptor {
  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes more) {
    context
        .requestBody()
        .ifPresent(body -> {
          try (InputStream stream = body.contentStreamProvider().newStream()) {
            UsedSecrets.ofThisRun().addFromJson(new String(stream.readAllBytes(), UTF_8));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes more) {
    return context
        .responseBody()
        .map(stream -> {
          try (stream) {
            byte[] body = stream.readAllBytes();
            UsedSecrets.ofThisRun().addFromJson(new String(body, UTF_8));
            return new ByteArrayInputStream(body);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
