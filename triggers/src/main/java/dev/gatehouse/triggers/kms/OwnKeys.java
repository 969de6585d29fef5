package dev.gatehouse.triggers.kms;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.crypto.EncryptionSdkMessage.DataKey;
import dev.gatehouse.crypto.KeyRing;
import dev.gatehouse.crypto.SealKey;
import dev.gatehouse.crypto.Sealer;
import dev.gatehouse.kernel.Arn;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.triggers.kms.KmsReason.Why;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys of the configuration file, by ARN. What is encrypted under one opens with that key and the
 * same encryption context alone.
 */
public final class OwnKeys {
  private static final int DATA_KEY_BYTES = 32;
  private static final String RESOURCE = "key/";

  private final Map<String, SealKey> keys = new HashMap<>();
  private final Map<Integer, String> arns = new HashMap<>();
  private final Sealer sealer;
  private final Ids ids;

  /**
   * @param given 32 bytes each, as base64 or hexadecimal digits, by the key's ARN
   * @throws IllegalArgumentException naming the ARN that is none, or whose key is none
   */
  public OwnKeys(Map<String, Secret> given, Sealer sealer, Ids ids) {
    this.sealer = sealer;
    this.ids = ids;
    given.forEach((arn, key) -> {
      boolean isKey =
          Arn.parse(arn)
              .filter(parsed ->
                  parsed.service().equals("kms")
                      && !parsed.region().isEmpty()
                      && parsed.resource().startsWith(RESOURCE))
              .isPresent();
      if (!isKey) {
        throw new IllegalArgumentException(
            "kmsKeys: '" + arn + "' is not arn:aws:kms:REGION:ACCOUNT:key/ID");
      }
      SealKey made = new SealKey(number(arn), Secret.of(bytes(arn, key)));
      if (arns.put(made.id(), arn) != null) {
        throw new IllegalArgumentException("kmsKeys: rename '" + arn + "'");
      }
      keys.put(arn, made);
    });
  }

  private static byte[] bytes(String arn, Secret key) {
    String text = key.text().strip();
    try {
      byte[] bytes =
          text.length() == 2 * DATA_KEY_BYTES
              ? HexFormat.of().parseHex(text)
              : Base64.getDecoder().decode(text);
      if (bytes.length == DATA_KEY_BYTES) {
        return bytes;
      }
    } catch (IllegalArgumentException noSuchText) {
      // refused below, without the text
    }
    throw new IllegalArgumentException(
        "kmsKeys: the key of '" + arn + "' is not 32 bytes as base64 or hexadecimal digits");
  }

  /** How a sealed text names the key: the same at every start and on every node. */
  private static int number(String arn) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(arn.getBytes(UTF_8)))
          .getInt();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether there is a key of this ARN. */
  public boolean has(String arn) {
    return keys.containsKey(arn);
  }

  /**
   * The ARN of a key that is called by ARN or id.
   *
   * @param region where the call goes to; keys of others are not seen
   * @throws dev.gatehouse.kernel.Refusal KEY_UNKNOWN
   */
  String require(String name, String region) {
    return keys.keySet().stream()
        .filter(arn ->
            Arn.parse(arn)
                .filter(parsed ->
                    parsed.region().equals(region)
                        && (arn.equals(name) || parsed.resource().equals(RESOURCE + name)))
                .isPresent())
        .findFirst()
        .orElseThrow(() -> KmsReason.refusal(Why.KEY_UNKNOWN, name));
  }

  /** A new data key. */
  DataKey generate(String arn, int bytes, Map<String, String> context) {
    byte[] key = ids.bytes(bytes);
    return new DataKey(arn, Secret.of(key), encrypt(arn, key, context));
  }

  byte[] encrypt(String arn, byte[] text, Map<String, String> context) {
    SealKey key = keys.get(arn);
    if (key == null) {
      throw KmsReason.refusal(Why.KEY_UNKNOWN, arn);
    }
    return sealer.seal(KeyRing.of(key), text, context(arn, context));
  }

  /** What was encrypted, and the key that it was under. */
  record Opened(String arn, Secret text) {}

  /**
   * Empty for what was not encrypted here, or with another context.
   *
   * @param region keys of others are not used
   */
  Optional<Opened> decrypt(byte[] sealed, Map<String, String> context, String region) {
    @Nullable String arn =
        sealed.length < 1 + Integer.BYTES ? null : arns.get(ByteBuffer.wrap(sealed).getInt(1));
    SealKey key = arn == null ? null : keys.get(arn);
    if (arn == null
        || key == null
        || Arn.parse(arn).filter(parsed -> parsed.region().equals(region)).isEmpty()) {
      return Optional.empty();
    }
    return sealer
        .open(KeyRing.of(key), sealed, context(arn, context))
        .map(text -> new Opened(arn, Secret.of(text)));
  }

  private static List<String> context(String arn, Map<String, String> context) {
    List<String> result = new ArrayList<>();
    result.add("kms");
    result.add(arn);
    new TreeMap<>(context)
        .forEach((name, value) -> {
          result.add(name);
          result.add(value);
        });
    return result;
  }
}
