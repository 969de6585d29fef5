package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.CommitmentPolicy;
import com.amazonaws.encryptionsdk.CryptoResult;
import dev.gatehouse.access.StoredAccessKeys.RootKey;
import dev.gatehouse.app.ServerOptions;
import dev.gatehouse.app.ServerOptions.LambdaFunctions;
import dev.gatehouse.app.ServerOptions.Listeners;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.testkit.Shows;
import dev.gatehouse.testkit.UsedSecrets;
import dev.gatehouse.triggers.testing.ScriptedFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CodeDeliveryFailureException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CustomEmailSenderLambdaVersionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CustomSMSSenderLambdaVersionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeliveryMediumType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifiedAttributeType;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.MaterialProviders;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsKeyringInput;
import software.amazon.cryptography.materialproviders.model.MaterialProvidersConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** CustomEmailSender and CustomSMSSender, decrypted by the AWS Encryption SDK and our own KMS. */
class CustomSendersTest {
  private static final String KEY = "arn:aws:kms:us-east-1:000000000000:key/senders";
  private static final RootKey ROOT =
      new RootKey("AKIASENDERS000000001", Secret.of("the root secret of the senders test"));

  @TempDir static Path folder;

  private static ScriptedFunction function;
  private static TestServer server;
  private static Path record;

  @BeforeAll
  static void start() throws IOException {
    function = ScriptedFunction.open();
    record = Files.createFile(folder.resolve("record"));
    int port = freePort();
    ServerOptions options = ServerOptions.ephemeral();
    Listeners on = options.listeners();
    String endpoint = "http://localhost:" + port;
    server =
        new TestServer(
            options
                .with(Optional.of(ROOT))
                .with(
                    new Listeners(
                        on.host(),
                        port,
                        on.tls(),
                        on.managementPort(),
                        on.exposure(),
                        on.proxies(),
                        on.allowTestCredentials(),
                        on.limits()))
                .with(
                    new LambdaFunctions(
                        Map.of(
                            "scripted",
                            function.config(1, 20),
                            "sample",
                            FunctionsTest.node(
                                "sender",
                                Map.of(
                                    "RECORD", Secret.of(record.toString()),
                                    "KEY_ARN", Secret.of(KEY),
                                    "AWS_ENDPOINT_URL_KMS", Secret.of(endpoint),
                                    "AWS_ACCESS_KEY_ID", Secret.of(ROOT.id()),
                                    "AWS_SECRET_ACCESS_KEY", ROOT.secret()))),
                        null,
                        Map.of(KEY, Secret.of("5a".repeat(32))),
                        null)));
  }

  @AfterAll
  static void stop() {
    server.close();
    function.close();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KmsClient kms(AwsCredentialsProvider credentials) {
    return KmsClient.builder()
        .endpointOverride(URI.create(server.endpoint()))
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private static KmsClient kms() {
    return kms(
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(ROOT.id(), ROOT.secret().text())));
  }

  private static Scene scene(String function, String key) {
    String arn = "arn:aws:lambda:us-east-1:000000000000:function:" + function;
    return Scene.of(
        server,
        pool ->
            pool.autoVerifiedAttributes(
                    VerifiedAttributeType.EMAIL, VerifiedAttributeType.PHONE_NUMBER)
                .smsConfiguration(MfaScene.SMS)
                .lambdaConfig(lambda ->
                    lambda
                        .kmsKeyID(key)
                        .customMessage(arn)
                        .customEmailSender(sender ->
                            sender
                                .lambdaArn(arn)
                                .lambdaVersion(CustomEmailSenderLambdaVersionType.V1_0))
                        .customSMSSender(sender ->
                            sender
                                .lambdaArn(arn)
                                .lambdaVersion(CustomSMSSenderLambdaVersionType.V1_0))),
        client -> {});
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  /** The next event that the scripted function gets. */
  private static JsonNode next(int before) {
    await(() -> function.calls().size() > before);
    return JsonMapper.shared().readTree(function.calls().get(before).event());
  }

  private static CryptoResult<byte[], ?> decrypted(JsonNode event) {
    try (KmsClient kms = kms()) {
      IKeyring keyring =
          MaterialProviders.builder()
              .MaterialProvidersConfig(MaterialProvidersConfig.builder().build())
              .build()
              .CreateAwsKmsKeyring(
                  CreateAwsKmsKeyringInput.builder().kmsKeyId(KEY).kmsClient(kms).build());
      return AwsCrypto.builder()
          .withCommitmentPolicy(CommitmentPolicy.RequireEncryptAllowDecrypt)
          .build()
          .decryptData(keyring, Base64.getDecoder().decode(event.at("/request/code").asString()));
    }
  }

  private static String code(JsonNode event) {
    String code = new String(decrypted(event).getResult(), java.nio.charset.StandardCharsets.UTF_8);
    UsedSecrets.ofThisRun().add(code);
    return code;
  }

  @Test
  @Shows(
      id = "triggers-08",
      says =
          "the code for CustomEmailSender opens by the AWS Encryption SDK for Java with the configured key and confirms the user; the pool sends nothing and asks CustomMessage for nothing")
  void emailSender() {
    Scene scene = scene("scripted", KEY);
    String username = Scene.newName();
    int before = function.calls().size();
    scene.signUp(username, Scene.PASSWORD);
    JsonNode event = next(before);
    assertThat(event.get("triggerSource").asString()).isEqualTo("CustomEmailSender_SignUp");
    assertThat(event.at("/request/type").asString()).isEqualTo("customEmailSenderRequestV1");
    assertThat(event.at("/request/userAttributes/email").asString())
        .isEqualTo(Scene.emailOf(username));
    assertThat(decrypted(event).getEncryptionContext()).containsEntry("userpool-id", scene.poolId);
    scene
        .anonymous()
        .confirmSignUp(
            r -> r.clientId(scene.clientId()).username(username).confirmationCode(code(event)));
    assertThat(server.messagesTo(Scene.emailOf(username))).isEmpty();
    assertThat(function.calls()).hasSize(before + 1);
  }

  @Test
  @Shows(
      id = "triggers-08",
      says =
          "the code for CustomSMSSender opens likewise; each occasion has its trigger source, and a temporary password is escaped")
  @Shows(
      id = "triggers-02",
      says = "the senders' sources of sign-up, resending, recovery and invitation")
  void smsSender() {
    Scene scene = scene("scripted", KEY);
    String username = Scene.newName();
    int before = function.calls().size();
    scene
        .anonymous()
        .signUp(r ->
            r.clientId(scene.clientId())
                .username(username)
                .password(Scene.PASSWORD)
                .userAttributes(Scene.attribute("phone_number", "+15550155"))
                .clientMetadata(Map.of("k", "v")));
    JsonNode first = next(before);
    assertThat(first.get("triggerSource").asString()).isEqualTo("CustomSMSSender_SignUp");
    assertThat(first.at("/request/type").asString()).isEqualTo("customSMSSenderRequestV1");
    assertThat(first.at("/request/clientMetadata").toString()).isEqualTo("{\"k\":\"v\"}");
    scene.anonymous().resendConfirmationCode(r -> r.clientId(scene.clientId()).username(username));
    JsonNode second = next(before + 1);
    assertThat(second.get("triggerSource").asString()).isEqualTo("CustomSMSSender_ResendCode");
    scene
        .anonymous()
        .confirmSignUp(
            r -> r.clientId(scene.clientId()).username(username).confirmationCode(code(second)));
    scene.anonymous().forgotPassword(r -> r.clientId(scene.clientId()).username(username));
    JsonNode third = next(before + 2);
    assertThat(third.get("triggerSource").asString()).isEqualTo("CustomSMSSender_ForgotPassword");
    UsedSecrets.ofThisRun().add("<Temp0rary&1>");
    scene
        .admin()
        .adminCreateUser(r ->
            r.userPoolId(scene.poolId)
                .username(Scene.newName())
                .temporaryPassword("<Temp0rary&1>")
                .desiredDeliveryMediums(DeliveryMediumType.SMS)
                .userAttributes(Scene.attribute("phone_number", "+15550156")));
    JsonNode fourth = next(before + 3);
    assertThat(fourth.get("triggerSource").asString()).isEqualTo("CustomSMSSender_AdminCreateUser");
    assertThat(code(fourth)).isEqualTo("&lt;Temp0rary&amp;1&gt;");
    assertThat(server.messagesTo("+15550155")).isEmpty();
  }

  @Test
  @Shows(
      id = "triggers-08",
      says =
          "a pool whose key is not configured cannot send, and a name that nobody has tells nothing else")
  void unknownKey() {
    Scene scene = scene("scripted", KEY.replace("senders", "another"));
    assertThatThrownBy(() -> scene.signUp(Scene.newName(), Scene.PASSWORD))
        .isInstanceOf(CodeDeliveryFailureException.class);
  }

  @Test
  @Tag("slow")
  @Shows(
      id = "triggers-08",
      says =
          "a Node.js function that decrypts as the published sample does, on AWS's runtime interface client, reads codes that confirm the user")
  void publishedSample() throws IOException {
    FunctionsTest.assumeNodeFunctions();
    Scene scene = scene("sample", KEY);
    String username = Scene.newName();
    int before = Files.readAllLines(record).size();
    scene.signUp(username, Scene.PASSWORD);
    await(() -> lines().size() > before);
    JsonNode note = JsonMapper.shared().readTree(lines().get(before));
    assertThat(note.get("source").asString()).isEqualTo("CustomEmailSender_SignUp");
    assertThat(note.at("/context/userpool-id").asString()).isEqualTo(scene.poolId);
    String code = note.get("code").asString();
    UsedSecrets.ofThisRun().add(code);
    scene
        .anonymous()
        .confirmSignUp(r -> r.clientId(scene.clientId()).username(username).confirmationCode(code));
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void ourKmsAnswersTheSdk() {
    try (KmsClient kms = kms()) {
      SdkBytes text = SdkBytes.fromUtf8String("text");
      Map<String, String> context = Map.of("a", "b");
      SdkBytes sealed =
          kms.encrypt(r -> r.keyId(KEY).plaintext(text).encryptionContext(context))
              .ciphertextBlob();
      assertThat(kms.decrypt(r -> r.ciphertextBlob(sealed).encryptionContext(context)).plaintext())
          .isEqualTo(text);
      assertThatThrownBy(() -> kms.decrypt(r -> r.ciphertextBlob(sealed)))
          .isInstanceOf(InvalidCiphertextException.class);
      assertThatThrownBy(() -> kms.generateDataKey(r -> r.keyId("none").numberOfBytes(32)))
          .isInstanceOf(NotFoundException.class);
      assertThatThrownBy(() -> kms.generateDataKey(r -> r.keyId(KEY).numberOfBytes(2000)))
          .isInstanceOfSatisfying(
              KmsException.class,
              refused ->
                  assertThat(refused.awsErrorDetails().errorCode())
                      .isEqualTo("ValidationException"));
    }
  }

  @Test
  void ourKmsAnswersNobodyWithoutSignature() {
    try (KmsClient unsigned = kms(AnonymousCredentialsProvider.create());
        KmsClient forged =
            kms(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(ROOT.id(), "another secret")))) {
      for (KmsClient client : List.of(unsigned, forged)) {
        assertThatThrownBy(() -> client.generateDataKey(r -> r.keyId(KEY).numberOfBytes(32)))
            .isInstanceOf(KmsException.class);
      }
    }
  }
}
