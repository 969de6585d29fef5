package dev.gatehouse.app;

import dev.gatehouse.app.KeyRotation.Asker;
import dev.gatehouse.app.KeyRotation.Outcome;
import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.Router;
import dev.gatehouse.kernel.Caller;
import java.util.function.Function;

/**
 * What {@code gatehouse keys} asks of a running server; signed with the root key always, and all of
 * it in the query, which the signature covers. Answers are words for the operator.
 */
final class KeyRoutes {
  static final String PREFIX = "/_gatehouse/keys/";
  static final String ROTATE_MASTER = PREFIX + "rotate-master";
  static final String ROTATE_SIGNING = PREFIX + "rotate-signing";
  private static final int NO_BODY = 0;

  private KeyRoutes() {}

  static void add(
      Router router, KeyRotation rotation, Function<HttpRequest, Caller.Signed> signer) {
    router.add(
        "POST", ROTATE_MASTER, NO_BODY, request -> answer(rotation.master(asker(request, signer))));
    router.add(
        "POST",
        ROTATE_SIGNING,
        NO_BODY,
        request -> {
          String pool = request.parameter("pool");
          return pool.isEmpty()
              ? HttpAnswer.text(400, "Say which pool: ?pool=us-east-1_Example01")
              : answer(rotation.signing(pool, asker(request, signer)));
        });
  }

  private static Asker asker(HttpRequest request, Function<HttpRequest, Caller.Signed> signer) {
    Caller.Signed caller = signer.apply(request);
    return new Asker(request.id(), caller.arn(), caller.accessKeyId(), request.clientAddress());
  }

  private static HttpAnswer answer(Outcome outcome) {
    return HttpAnswer.text(
        switch (outcome) {
          case Outcome.Done done -> 200;
          case Outcome.Refused refused -> 409;
        },
        outcome.words());
  }
}
