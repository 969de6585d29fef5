package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ResendConfirmationCodeRequest;
import dev.gatehouse.model.cognitoidp.ResendConfirmationCodeResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.Messages.Address;
import dev.gatehouse.userpool.Messages.Cause;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.auth.ClientProof;
import dev.gatehouse.userpool.directory.AttemptLimit;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.directory.Destination;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.event.AuthEvent.Kind;
import dev.gatehouse.userpool.event.AuthEvent.Response;
import dev.gatehouse.userpool.event.AuthEvents;
import dev.gatehouse.userpool.event.AuthEvents.Recording;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.util.List;
import java.util.stream.Stream;

/** Sends the sign-up code anew; the one before is void (users.md §3). */
public final class ResendConfirmationCode
    implements Operation<ResendConfirmationCodeRequest, ResendConfirmationCodeResponse> {
  private final Pools pools;
  private final Database database;
  private final Users users;
  private final CodeSending sending;
  private final AuthEvents events;

  public ResendConfirmationCode(
      Pools pools, Database database, Users users, CodeSending sending, AuthEvents events) {
    this.pools = pools;
    this.database = database;
    this.users = users;
    this.sending = sending;
    this.events = events;
  }

  @Override
  public ResendConfirmationCodeResponse handle(
      ResendConfirmationCodeRequest request, RequestContext context) {
    AppClient client = pools.requireClient(request.clientId());
    Pool pool = pools.poolOf(client);
    UnsupportedSettings.check(pool, "ResendConfirmationCode");
    ClientProof.checkHash(client, request.secretHash(), List.of(request.username()));
    Subject subject = database.read(handle -> users.subject(handle, pool, request.username()));
    Recording recording =
        events.record(
            pool,
            subject.sub(),
            Kind.RESEND_CODE,
            Response.PASS,
            List.of(),
            Origins.of(client, request.userContextData(), context));
    return ResendConfirmationCodeResponse.builder()
        .codeDeliveryDetails(
            Answers.delivery(
                switch (subject) {
                  case Subject.Unknown unknown -> {
                    if (!client.hidesUsers()) {
                      throw Why.USER_UNKNOWN_TO_CLIENT.refusal();
                    }
                    yield simulate(pool, unknown, recording);
                  }
                  case Subject.Known known ->
                      send(pool, known.account().user(), cause(client, request), recording);
                }))
        .build();
  }

  private Destination simulate(Pool pool, Subject.Unknown unknown, Recording recording) {
    List<String> channels =
        Stream.of("phone_number", "email").filter(pool.autoVerifiedAttributes()::contains).toList();
    if (channels.isEmpty()) {
      throw Why.NOTHING_TO_RESEND.refusal();
    }
    return sending.simulate(
        pool,
        new CodeSending.Nobody(unknown.sub(), unknown.name(), channels),
        Purpose.SIGN_UP,
        AttemptLimit.RESEND_CONFIRMATION_CODE,
        recording);
  }

  private static Cause cause(AppClient client, ResendConfirmationCodeRequest request) {
    return new Cause(
        Messages.Occasion.RESEND_CODE, client, ClientMetadata.of(request.clientMetadata()));
  }

  private Destination send(Pool pool, User user, Cause cause, Recording recording) {
    if (user.status() != UserStatus.UNCONFIRMED) {
      throw Why.ALREADY_CONFIRMED.refusal();
    }
    Address address =
        Messages.autoVerified(pool, user.attributes())
            .orElseThrow(() -> Why.NOTHING_TO_RESEND.refusal());
    return sending.send(
        pool,
        user,
        Purpose.SIGN_UP,
        address,
        cause,
        AttemptLimit.RESEND_CONFIRMATION_CODE,
        recording);
  }
}
