package dev.gatehouse.conformance;

import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.AuthenticatorAssertionResponse;
import com.webauthn4j.data.AuthenticatorAttestationResponse;
import com.webauthn4j.data.PublicKeyCredential;
import com.webauthn4j.data.PublicKeyCredentialCreationOptions;
import com.webauthn4j.data.PublicKeyCredentialRequestOptions;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.extension.client.AuthenticationExtensionClientOutput;
import com.webauthn4j.data.extension.client.RegistrationExtensionClientOutput;
import com.webauthn4j.test.authenticator.webauthn.NoneAttestationAuthenticator;
import com.webauthn4j.test.authenticator.webauthn.WebAuthnAuthenticatorAdaptor;
import com.webauthn4j.test.client.ClientPlatform;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A browser at an origin with an authenticator in it, speaking WebAuthn's JSON forms. */
final class SoftwareAuthenticator {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final ObjectConverter converter = new ObjectConverter();
  private final NoneAttestationAuthenticator authenticator = new NoneAttestationAuthenticator();
  private final ClientPlatform browser;

  SoftwareAuthenticator(String origin) {
    browser =
        new ClientPlatform(
            new Origin(origin), new WebAuthnAuthenticatorAdaptor(authenticator, converter));
  }

  /** The same authenticator in a page of another origin. */
  void visit(String origin) {
    browser.setOrigin(new Origin(origin));
  }

  /** A copy of an authenticator does not know what the other has counted. */
  void countUp(boolean on) {
    authenticator.setCountUpEnabled(on);
  }

  /** {@code navigator.credentials.create}; the answer as RegistrationResponseJSON. */
  ObjectNode create(JsonNode options) {
    PublicKeyCredential<AuthenticatorAttestationResponse, RegistrationExtensionClientOutput> made =
        browser.create(
            converter
                .getJsonMapper()
                .readValue(options.toString(), PublicKeyCredentialCreationOptions.class));
    ObjectNode answer = credential(made.getRawId());
    answer
        .putObject("response")
        .put("clientDataJSON", base64(made.getResponse().getClientDataJSON()))
        .put("attestationObject", base64(made.getResponse().getAttestationObject()))
        .putArray("transports")
        .add("internal");
    return answer;
  }

  /** {@code navigator.credentials.get}; the answer as AuthenticationResponseJSON. */
  String get(String options) {
    PublicKeyCredential<AuthenticatorAssertionResponse, AuthenticationExtensionClientOutput> made =
        browser.get(
            converter.getJsonMapper().readValue(options, PublicKeyCredentialRequestOptions.class));
    ObjectNode answer = credential(made.getRawId());
    ObjectNode response =
        answer
            .putObject("response")
            .put("clientDataJSON", base64(made.getResponse().getClientDataJSON()))
            .put("authenticatorData", base64(made.getResponse().getAuthenticatorData()))
            .put("signature", base64(made.getResponse().getSignature()));
    byte[] handle = made.getResponse().getUserHandle();
    if (handle != null) {
      response.put("userHandle", base64(handle));
    }
    return answer.toString();
  }

  private static ObjectNode credential(byte[] id) {
    ObjectNode answer = JSON.createObjectNode();
    answer
        .put("id", base64(id))
        .put("rawId", base64(id))
        .put("type", "public-key")
        .put("authenticatorAttachment", "platform");
    answer.putObject("clientExtensionResults");
    return answer;
  }

  /** The registration with another algorithm's number in its key. */
  ObjectNode withAlgorithm(ObjectNode registration, int algorithm) {
    ObjectNode response = (ObjectNode) registration.get("response");
    byte[] object = Base64.getUrlDecoder().decode(response.get("attestationObject").asString());
    // the key's map has 3 (alg): 0x26 is -7, ES256; 0x27 is -8, EdDSA
    for (int i = 0; i + 1 < object.length; i++) {
      if (object[i] == 0x03 && object[i + 1] == 0x26) {
        object[i + 1] = (byte) algorithm;
      }
    }
    response.put("attestationObject", base64(object));
    return registration;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static JsonNode json(Document document) {
    if (document.isMap()) {
      ObjectNode object = JSON.createObjectNode();
      document.asMap().forEach((name, value) -> object.set(name, json(value)));
      return object;
    }
    if (document.isList()) {
      ArrayNode array = JSON.createArrayNode();
      document.asList().forEach(value -> array.add(json(value)));
      return array;
    }
    // an SDK's number unwraps to a text
    return document.isNumber()
        ? JSON.getNodeFactory().numberNode(document.asNumber().intValue())
        : JSON.valueToTree(document.unwrap());
  }

  static Document document(JsonNode node) {
    if (node.isObject()) {
      Document.MapBuilder map = Document.mapBuilder();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        map.putDocument(entry.getKey(), document(entry.getValue()));
      }
      return map.build();
    }
    if (node.isArray()) {
      List<Document> list = node.valueStream().map(SoftwareAuthenticator::document).toList();
      return Document.fromList(list);
    }
    return node.isString()
        ? Document.fromString(node.asString())
        : node.isBoolean()
            ? Document.fromBoolean(node.asBoolean())
            : Document.fromNumber(node.asInt());
  }
}
