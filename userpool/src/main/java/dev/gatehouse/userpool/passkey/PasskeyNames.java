package dev.gatehouse.userpool.passkey;

import java.util.Map;

/** What a passkey is called, by the model of its authenticator (auth.md §8). */
final class PasskeyNames {
  private static final Map<String, String> BY_MODEL =
      Map.of(
          "fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "iCloud Keychain",
          "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4", "Google Password Manager",
          "08987058-cadc-4b81-b6e1-30de50dcbe96", "Windows Hello",
          "bada5566-a7aa-401f-bd96-45619a55120d", "1Password",
          "d548826e-79b4-db40-a3d8-11116f7e8349", "Bitwarden");

  private PasskeyNames() {}

  static String of(String aaguid) {
    return BY_MODEL.getOrDefault(aaguid, "Passkey");
  }
}
