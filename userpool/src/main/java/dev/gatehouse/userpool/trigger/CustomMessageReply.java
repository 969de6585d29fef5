package dev.gatehouse.userpool.trigger;

import dev.gatehouse.model.cognitoidp.EmailConfigurationType;
import dev.gatehouse.model.cognitoidp.EmailSendingAccountType;
import dev.gatehouse.userpool.Triggers.MessagePlace;
import dev.gatehouse.userpool.Triggers.MessageTexts;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.Pool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What CustomMessage may answer (triggers.md §3). */
final class CustomMessageReply {
  private static final int LONGEST_SMS = 140;
  private static final int LONGEST_SUBJECT = 140;
  private static final int LONGEST_EMAIL = 20_000;

  private CustomMessageReply() {}

  /**
   * @throws dev.gatehouse.kernel.Refusal LAMBDA_OUTPUT_INVALID for a text that is too long, has not
   *     its places, or is for e-mail while the pool has no sender of its own
   */
  static MessageTexts read(LambdaReply reply, Pool pool, List<MessagePlace> places) {
    MessageTexts texts =
        new MessageTexts(
            given(reply, "smsMessage", LONGEST_SMS),
            given(reply, "emailMessage", LONGEST_EMAIL),
            given(reply, "emailSubject", LONGEST_SUBJECT));
    requirePlaces("smsMessage", texts.sms(), places);
    requirePlaces("emailMessage", texts.email(), places);
    String subject = texts.emailSubject();
    if (subject != null && subject.chars().anyMatch(Character::isISOControl)) {
      throw invalid("emailSubject has control characters");
    }
    boolean email = texts.email() != null || subject != null;
    if (email && !ownSender(pool)) {
      throw invalid("emailMessage needs EmailSendingAccount DEVELOPER");
    }
    return texts;
  }

  private static @Nullable String given(LambdaReply reply, String name, int longest) {
    String text = reply.text(name);
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (text.length() > longest) {
      throw invalid(name + " is longer than " + longest + " characters");
    }
    return text;
  }

  private static void requirePlaces(String name, @Nullable String text, List<MessagePlace> places) {
    for (MessagePlace place : places) {
      if (text != null && !text.contains(place.text())) {
        throw invalid(name + " does not contain " + place.text());
      }
    }
  }

  private static boolean ownSender(Pool pool) {
    EmailConfigurationType email = pool.settings().emailConfiguration();
    return email != null && EmailSendingAccountType.DEVELOPER.equals(email.emailSendingAccount());
  }

  private static RuntimeException invalid(String what) {
    return Why.LAMBDA_OUTPUT_INVALID.refusal(what);
  }
}
