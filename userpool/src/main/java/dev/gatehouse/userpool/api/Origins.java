package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.cognitoidp.ContextDataType;
import dev.gatehouse.model.cognitoidp.UserContextDataType;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.token.Origin;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a user is, when another server speaks for them (auth.md §12): an administrator's server
 * says so in ContextData, a client with a secret in UserContextData, where it was allowed to. What
 * is no address is not believed.
 */
final class Origins {
  /** An address of IPv4 or IPv6, by its letters. */
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,45}");

  private Origins() {}

  static Origin of(AppClient client, @Nullable UserContextDataType told, RequestContext context) {
    boolean believed = client.propagatesContext() && !client.secrets().isEmpty();
    return of(believed && told != null ? told.ipAddress() : null, context);
  }

  static Origin of(@Nullable ContextDataType told, RequestContext context) {
    return of(told == null ? null : told.ipAddress(), context);
  }

  private static Origin of(@Nullable String address, RequestContext context) {
    return address == null || !ADDRESS.matcher(address).matches()
        ? Origin.of(context)
        : new Origin(address, context.userAgent());
  }
}
