package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The passwords, codes and tokens that tests used, to be looked for in all output of the run
 * ({@link OutputCheck}). Kept in memory; what is told of a find is a hash.
 */
public final class UsedSecrets {
  /** Shorter ones would be found everywhere. */
  private static final int SHORTEST = 6;

  private static final Pattern MEMBER =
      Pattern.compile(
          "\"(?:\\w*Password|PASSWORD|NEW_PASSWORD|ConfirmationCode|UserCode|[Cc]ode|AccessToken|IdToken|RefreshToken"
              + "|Token|REFRESH_TOKEN|Session|SECRET_BLOCK|PASSWORD_CLAIM_\\w+|SecretHash|SECRET_HASH"
              + "|ClientSecret(?:Value)?)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"");

  private static final UsedSecrets OF_THIS_RUN = new UsedSecrets();

  private final Set<String> secrets = ConcurrentHashMap.newKeySet();

  /** What every test of this process used. */
  public static UsedSecrets ofThisRun() {
    return OF_THIS_RUN;
  }

  public void add(String secret) {
    if (secret.length() >= SHORTEST) {
      secrets.add(secret);
    }
  }

  /** Takes the values of all members that hold secrets, by their names in the AWS models. */
  public void addFromJson(String json) {
    Matcher member = MEMBER.matcher(json);
    while (member.find()) {
      add(member.group(1).replace("\\\"", "\"").replace("\\/", "/").replace("\\\\", "\\"));
    }
  }

  public int count() {
    return secrets.size();
  }

  /**
   * A secret that stands in the output.
   *
   * @param line from 1
   * @param sha256 of the secret
   */
  public record Leak(int line, String sha256) {}

  /** Finds them in a text, each once. */
  public List<Leak> in(String text) {
    Map<String, List<String>> byBeginning = new HashMap<>();
    for (String secret : secrets) {
      byBeginning
          .computeIfAbsent(secret.substring(0, SHORTEST), key -> new ArrayList<>())
          .add(secret);
    }
    List<Leak> leaks = new ArrayList<>();
    int line = 1;
    for (int at = 0; at + SHORTEST <= text.length(); at++) {
      if (text.charAt(at) == '\n') {
        line++;
      }
      List<String> candidates = byBeginning.get(text.substring(at, at + SHORTEST));
      if (candidates == null) {
        continue;
      }
      for (String secret : List.copyOf(candidates)) {
        if (text.startsWith(secret, at) && !partOfANumber(secret, text, at)) {
          leaks.add(new Leak(line, sha256(secret)));
          candidates.remove(secret);
        }
      }
    }
    return leaks;
  }

  /** Six digits inside a longer number or word are no code. */
  private static boolean partOfANumber(String secret, String text, int at) {
    if (!secret.chars().allMatch(Character::isDigit)) {
      return false;
    }
    int end = at + secret.length();
    return at > 0 && joins(text.charAt(at - 1)) || end < text.length() && joins(text.charAt(end));
  }

  private static boolean joins(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
  }

  private static String sha256(String secret) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
