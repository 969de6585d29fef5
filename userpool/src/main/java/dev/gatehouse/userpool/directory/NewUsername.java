package dev.gatehouse.userpool.directory;

import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.UserSearch.UsernameForm;
import dev.gatehouse.userpool.pool.Pool;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of the Username of a new user (userpool.md §4): kept, or, in pools with username
 * attributes, the attribute that it is.
 *
 * @param username as it will be stored
 * @param attributes those given, with the address that the username was
 */
public record NewUsername(String username, Map<String, String> attributes) {
  /**
   * @param given the attributes that came with it
   * @throws dev.gatehouse.kernel.Refusal USERNAME_NOT_EMAIL and its kin, USERNAME_LIKE_ALIAS
   */
  public static NewUsername of(Pool pool, String username, String sub, Map<String, String> given) {
    return pool.usernameForm() == UsernameForm.SUB
        ? asAttribute(pool, username, sub, given)
        : asGiven(pool, username, given);
  }

  private static NewUsername asAttribute(
      Pool pool, String username, String sub, Map<String, String> given) {
    Set<String> allowed = pool.usernameAttributes();
    String attribute;
    if (allowed.contains("email") && Names.isEmail(username)) {
      attribute = "email";
    } else if (allowed.contains("phone_number") && Names.isPhoneNumber(username)) {
      attribute = "phone_number";
    } else if (allowed.size() > 1) {
      throw Why.USERNAME_NOT_EMAIL_OR_PHONE.refusal();
    } else if (allowed.contains("email")) {
      throw Why.USERNAME_NOT_EMAIL.refusal();
    } else {
      throw Why.USERNAME_NOT_PHONE.refusal();
    }
    Map<String, String> attributes = new LinkedHashMap<>(given);
    attributes.put(attribute, username);
    return new NewUsername(sub, attributes);
  }

  /**
   * A username, preferred or not, must not have the form of an address that is an alias; judged in
   * the form in which names are compared.
   *
   * @throws dev.gatehouse.kernel.Refusal USERNAME_LIKE_ALIAS
   */
  static void refuseLikeAlias(Pool pool, String username) {
    Set<String> aliases = pool.aliasAttributes();
    String folded = pool.names().fold(username);
    if (aliases.contains("email") && Names.isEmail(folded)) {
      throw Why.USERNAME_LIKE_ALIAS.refusal("email");
    }
    if (aliases.contains("phone_number") && Names.isPhoneNumber(folded)) {
      throw Why.USERNAME_LIKE_ALIAS.refusal("phone number");
    }
  }

  private static NewUsername asGiven(Pool pool, String username, Map<String, String> given) {
    refuseLikeAlias(pool, username);
    // stored as it is compared: a sign-in is answered with it, and names that nobody has with
    // theirs
    return new NewUsername(pool.names().fold(username), given);
  }
}
