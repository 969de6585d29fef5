package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ForgotPasswordRequest;
import dev.gatehouse.model.cognitoidp.ForgotPasswordResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.Messages.Address;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.auth.ClientProof;
import dev.gatehouse.userpool.auth.Migration;
import dev.gatehouse.userpool.directory.AttemptLimit;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.directory.Destination;
import dev.gatehouse.userpool.directory.Recovery;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.event.AuthEvent.Kind;
import dev.gatehouse.userpool.event.AuthEvent.Response;
import dev.gatehouse.userpool.event.AuthEvents;
import dev.gatehouse.userpool.event.AuthEvents.Recording;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.token.Origin;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Sends a code with which the password can be set anew (users.md §5). */
public final class ForgotPassword
    implements Operation<ForgotPasswordRequest, ForgotPasswordResponse> {
  private final Pools pools;
  private final Database database;
  private final Users users;
  private final CodeSending sending;
  private final Migration migration;
  private final AuthEvents events;

  public ForgotPassword(
      Pools pools,
      Database database,
      Users users,
      CodeSending sending,
      Migration migration,
      AuthEvents events) {
    this.pools = pools;
    this.database = database;
    this.users = users;
    this.sending = sending;
    this.migration = migration;
    this.events = events;
  }

  @Override
  public ForgotPasswordResponse handle(ForgotPasswordRequest request, RequestContext context) {
    AppClient client = pools.requireClient(request.clientId());
    Pool pool = pools.poolOf(client);
    UnsupportedSettings.check(pool, "ForgotPassword");
    ClientProof.checkHash(client, request.secretHash(), List.of(request.username()));
    Subject subject = database.read(handle -> users.subject(handle, pool, request.username()));
    Origin origin = Origins.of(client, request.userContextData(), context);
    Destination destination =
        switch (subject) {
          case Subject.Unknown unknown -> {
            Optional<Subject.Known> migrated = migrate(pool, client, request);
            if (migrated.isPresent()) {
              yield send(pool, client, migrated.get().account().user(), request, origin);
            }
            if (!client.hidesUsers()) {
              throw Why.USER_UNKNOWN_TO_CLIENT.refusal();
            }
            yield simulate(pool, unknown.sub(), request.username(), origin);
          }
          case Subject.Known known -> send(pool, client, known.account().user(), request, origin);
        };
    return ForgotPasswordResponse.builder()
        .codeDeliveryDetails(Answers.delivery(destination))
        .build();
  }

  private Optional<Subject.Known> migrate(
      Pool pool, AppClient client, ForgotPasswordRequest request) {
    return migration.migrate(
        new Migration.Attempt(
            pool,
            client,
            "UserMigration_ForgotPassword",
            request.username(),
            null,
            ClientMetadata.of(request.clientMetadata()),
            Map.of()));
  }

  private Destination send(
      Pool pool, AppClient client, User user, ForgotPasswordRequest request, Origin origin) {
    String typed = request.username();
    if (!user.enabled()) {
      if (client.hidesUsers()) {
        return simulate(pool, user.sub(), typed, origin);
      }
      throw Why.USER_DISABLED.refusal();
    }
    Recovery.checkState(user);
    Optional<String> channel = Recovery.channel(pool, user);
    if (channel.isEmpty()) {
      if (client.hidesUsers()) {
        return simulate(pool, user.sub(), typed, origin);
      }
      throw Why.NO_VERIFIED_CHANNEL.refusal();
    }
    Address address =
        new Address(channel.get(), Objects.requireNonNull(user.attribute(channel.get())));
    return sending.send(
        pool,
        user,
        Purpose.RESET_PASSWORD,
        address,
        new Messages.Cause(
            Messages.Occasion.FORGOT_PASSWORD, client, ClientMetadata.of(request.clientMetadata())),
        AttemptLimit.FORGOT_PASSWORD,
        recording(pool, user.sub(), Response.PASS, origin));
  }

  private Recording recording(Pool pool, String sub, Response response, Origin origin) {
    return events.record(pool, sub, Kind.FORGOT_PASSWORD, response, List.of(), origin);
  }

  private Destination simulate(Pool pool, String sub, String typed, Origin origin) {
    return sending.simulate(
        pool,
        new CodeSending.Nobody(sub, typed, Recovery.order(pool)),
        Purpose.RESET_PASSWORD,
        AttemptLimit.FORGOT_PASSWORD,
        recording(pool, sub, Response.FAIL, origin));
  }
}
