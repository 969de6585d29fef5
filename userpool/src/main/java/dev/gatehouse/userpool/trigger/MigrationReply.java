package dev.gatehouse.userpool.trigger;

import dev.gatehouse.userpool.Triggers.Migrated;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Destination.Medium;
import dev.gatehouse.userpool.directory.UserStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What UserMigration may answer (triggers.md §3). */
final class MigrationReply {
  private MigrationReply() {}

  /**
   * @return empty when it names no attributes: there is no such user
   * @throws dev.gatehouse.kernel.Refusal LAMBDA_OUTPUT_INVALID
   */
  static Optional<Migrated> read(LambdaReply reply) {
    Map<String, String> attributes = reply.texts("userAttributes");
    if (attributes.isEmpty()) {
      return Optional.empty();
    }
    @Nullable String username = attributes.remove("username");
    boolean silent =
        switch (orElse(reply.text("messageAction"), "RESEND")) {
          case "SUPPRESS" -> true;
          case "RESEND" -> false;
          default -> throw invalid("messageAction");
        };
    return Optional.of(
        new Migrated(
            username == null || username.isEmpty() ? null : username,
            attributes,
            status(orElse(reply.text("finalUserStatus"), "RESET_REQUIRED")),
            silent ? List.of() : media(reply.list("desiredDeliveryMediums")),
            reply.flag("forceAliasCreation"),
            reply.flag("enableSMSMFA")));
  }

  private static UserStatus status(String given) {
    return switch (given) {
      case "CONFIRMED" -> UserStatus.CONFIRMED;
      case "RESET_REQUIRED" -> UserStatus.RESET_REQUIRED;
      default -> throw invalid("finalUserStatus");
    };
  }

  private static List<Medium> media(List<String> given) {
    List<Medium> result = new ArrayList<>();
    for (String medium : given.isEmpty() ? List.of("SMS") : given) {
      switch (medium) {
        case "SMS" -> result.add(Medium.SMS);
        case "EMAIL" -> result.add(Medium.EMAIL);
        default -> throw invalid("desiredDeliveryMediums");
      }
    }
    return result.stream().distinct().toList();
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null || text.isEmpty() ? otherwise : text;
  }

  private static RuntimeException invalid(String member) {
    return Why.LAMBDA_OUTPUT_INVALID.refusal(member);
  }
}
