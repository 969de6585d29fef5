package dev.gatehouse.userpool.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.crypto.EncryptionSdkMessage;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.cognitoidp.LambdaConfigType;
import dev.gatehouse.triggers.Functions;
import dev.gatehouse.triggers.Functions.Answer;
import dev.gatehouse.triggers.kms.DataKeys;
import dev.gatehouse.triggers.kms.DataKeys.UnavailableException;
import dev.gatehouse.userpool.Triggers.Event;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Destination.Medium;
import dev.gatehouse.userpool.pool.Pool;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CustomEmailSender and CustomSMSSender: the pool hands the code over, encrypted for the function,
 * and sends nothing itself. In the background: whatever becomes of it changes nothing for the
 * caller (triggers.md §1), and a message that a stopping server still holds is lost, as on Lambda's
 * queue it would not be.
 */
public final class CustomSenders {
  private static final Logger LOG = LoggerFactory.getLogger(CustomSenders.class);

  /** A call and two further ones, as Lambda calls asynchronously. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(5));

  private static final int MOST_WAITING = 10_000;
  private static final int MOST_AT_ONCE = 64;

  private final Functions functions;
  private final DataKeys keys;
  private final Ids ids;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private final Semaphore running = new Semaphore(MOST_AT_ONCE, true);

  public CustomSenders(Functions functions, DataKeys keys, Ids ids) {
    this.functions = functions;
    this.keys = keys;
    this.ids = ids;
  }

  private static Trigger trigger(Medium medium) {
    return medium == Medium.EMAIL ? Trigger.CUSTOM_EMAIL_SENDER : Trigger.CUSTOM_SMS_SENDER;
  }

  /**
   * Whether the pool has a sender for the medium.
   *
   * @throws dev.gatehouse.kernel.Refusal CODE_DELIVERY_FAILED when there is no key to encrypt under
   */
  boolean serves(Pool pool, Medium medium) {
    if (trigger(medium).of(pool).isEmpty()) {
      return false;
    }
    if (key(pool).filter(keys::has).isEmpty()) {
      LOG.warn("pool {} has a sender, but KMSKeyID is no key that is configured", pool.id());
      throw Why.CODE_DELIVERY_FAILED.refusal(medium.name());
    }
    return true;
  }

  private static Optional<String> key(Pool pool) {
    LambdaConfigType config = pool.settings().lambdaConfig();
    return Optional.ofNullable(config == null ? null : config.kmsKeyID());
  }

  /**
   * Returns at once.
   *
   * @param code in the form in which the function shall find it; empty for none
   */
  void send(Event event, Medium medium, String occasion, Secret code) {
    Trigger trigger = trigger(medium);
    String function = trigger.of(event.pool()).orElseThrow();
    String key = key(event.pool()).orElseThrow();
    if (!waiting.tryAcquire()) {
      LOG.error("{} of pool {}: too many messages wait", trigger.label(), event.pool().id());
      return;
    }
    Thread.ofVirtual()
        .name(trigger.label())
        .start(() -> {
          try {
            running.acquire();
            try {
              deliver(trigger, function, event(event, trigger, medium, occasion, key, code));
            } finally {
              running.release();
            }
          } catch (UnavailableException noKey) {
            LOG.error(
                "{} of pool {}: no data key: {}",
                trigger.label(),
                event.pool().id(),
                noKey.getMessage());
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          } finally {
            waiting.release();
          }
        });
  }

  private void deliver(Trigger trigger, String function, LambdaEvent event)
      throws InterruptedException {
    byte[] payload = event.json();
    for (Duration pause : PAUSES) {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      Answer answer = functions.invoke(function, payload, LambdaTriggers.PATIENCE);
      if (answer instanceof Answer.Replied) {
        return;
      }
      LOG.warn(
          "{} of pool {} did not take a message: {}",
          trigger.label(),
          event.about().pool().id(),
          what(answer));
    }
    LOG.error("{} of pool {}: a message is lost", trigger.label(), event.about().pool().id());
  }

  private static String what(Answer answer) {
    return switch (answer) {
      case Answer.Replied replied -> "";
      case Answer.FunctionError(String type, String message) -> type;
      case Answer.Refused(String code) -> code;
      case Answer.TimedOut late -> "no answer in time";
    };
  }

  private LambdaEvent event(
      Event about, Trigger trigger, Medium medium, String occasion, String key, Secret code)
      throws UnavailableException {
    LambdaEvent event = LambdaEvent.of(about, trigger.label() + "_" + occasion);
    event.request.put(
        "type", medium == Medium.EMAIL ? "customEmailSenderRequestV1" : "customSMSSenderRequestV1");
    LambdaEvent.putText(event.request, "code", encrypted(about.pool(), key, code));
    LambdaEvent.putTexts(event.request, "clientMetadata", about.metadata());
    return event.withAttributes();
  }

  /** An AWS Encryption SDK message, in base64, bound to the pool; null for no code. */
  private @Nullable String encrypted(Pool pool, String key, Secret code)
      throws UnavailableException {
    byte[] text = code.bytes();
    if (text.length == 0) {
      return null;
    }
    Map<String, String> context = Map.of("userpool-id", pool.id());
    byte[] message =
        EncryptionSdkMessage.encrypt(
            keys.generate(key, context), ids.bytes(EncryptionSdkMessage.ID_BYTES), context, text);
    return new String(Base64.getEncoder().encode(message), UTF_8);
  }
}
