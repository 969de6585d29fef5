package dev.gatehouse.userpool.api;

import dev.gatehouse.model.cognitoidp.AttributeType;
import dev.gatehouse.model.cognitoidp.AuthenticationResultType;
import dev.gatehouse.model.cognitoidp.CodeDeliveryDetailsType;
import dev.gatehouse.model.cognitoidp.DeliveryMediumType;
import dev.gatehouse.model.cognitoidp.GroupType;
import dev.gatehouse.model.cognitoidp.NewDeviceMetadataType;
import dev.gatehouse.model.cognitoidp.UserStatusType;
import dev.gatehouse.model.cognitoidp.UserType;
import dev.gatehouse.userpool.directory.Destination;
import dev.gatehouse.userpool.directory.NewDevice;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.group.Group;
import dev.gatehouse.userpool.token.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** From what the capability answers to the shapes of the API. */
final class Answers {
  private Answers() {}

  /** sub first, then the attributes in their order (users.md §1). */
  static List<AttributeType> attributes(User user, Predicate<String> shown) {
    List<AttributeType> result = new ArrayList<>();
    result.add(AttributeType.builder().name("sub").value(user.sub()).build());
    user.attributes()
        .forEach((name, value) -> {
          if (shown.test(name)) {
            result.add(AttributeType.builder().name(name).value(value).build());
          }
        });
    return result;
  }

  static UserType user(User user, Predicate<String> shown) {
    return UserType.builder()
        .username(user.username())
        .attributes(attributes(user, shown))
        .userCreateDate(user.created())
        .userLastModifiedDate(user.modified())
        .enabled(user.enabled())
        .userStatus(new UserStatusType(user.status().name()))
        .mfaOptions(MfaPreferences.options(user))
        .build();
  }

  static GroupType group(Group group) {
    return GroupType.builder()
        .userPoolId(group.poolId())
        .groupName(group.name())
        .description(group.description())
        .roleArn(group.roleArn())
        .precedence(group.precedence())
        .creationDate(group.created())
        .lastModifiedDate(group.modified())
        .build();
  }

  static CodeDeliveryDetailsType delivery(Destination destination) {
    return CodeDeliveryDetailsType.builder()
        .destination(destination.masked())
        .deliveryMedium(new DeliveryMediumType(destination.medium().name()))
        .attributeName(destination.attribute())
        .build();
  }

  static @Nullable NewDeviceMetadataType newDevice(@Nullable NewDevice device) {
    return device == null
        ? null
        : NewDeviceMetadataType.builder()
            .deviceKey(device.deviceKey())
            .deviceGroupKey(device.groupKey())
            .build();
  }

  static AuthenticationResultType tokens(Tokens tokens) {
    return AuthenticationResultType.builder()
        .accessToken(tokens.accessToken())
        .idToken(tokens.idToken())
        .refreshToken(tokens.refreshToken())
        .expiresIn(Math.toIntExact(tokens.accessTokenLife().toSeconds()))
        .tokenType("Bearer")
        .build();
  }
}
