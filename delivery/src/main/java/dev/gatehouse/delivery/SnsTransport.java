package dev.gatehouse.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.access.RequestSigner;
import dev.gatehouse.delivery.DeliveryConfig.Sns;
import dev.gatehouse.delivery.OutboundHttp.Answer;
import dev.gatehouse.delivery.OutboundHttp.CallFailedException;
import dev.gatehouse.kernel.WallClock;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SMS through an SNS-compatible endpoint: the Query operation Publish with PhoneNumber, as a
 * transactional message, signed with Signature Version 4.
 */
public final class SnsTransport implements Transport {
  private static final String CONTENT_TYPE = "application/x-www-form-urlencoded; charset=utf-8";
  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z.]{1,64})</Code>");

  /** What SNS says of a number or a text that it will never take. */
  private static final Set<String> FINAL =
      Set.of("InvalidParameter", "InvalidParameterValue", "ParameterValueInvalid", "OptedOut");

  private final Sns config;
  private final URI uri;
  private final RequestSigner signer;
  private final OutboundHttp http;
  private final WallClock clock;

  public SnsTransport(Sns config, OutboundHttp http, WallClock clock) {
    this.config = config;
    this.uri = URI.create(config.url());
    this.signer =
        new RequestSigner(config.region(), "sns", config.accessKeyId(), config.secretAccessKey());
    this.http = http;
    this.clock = clock;
  }

  @Override
  public void send(String id, Message message) throws TransportException {
    byte[] body = form(message).getBytes(UTF_8);
    Answer answer;
    try {
      answer =
          http.post(
              uri,
              signer.sign("POST", uri, Map.of("Content-Type", CONTENT_TYPE), body, clock.now()),
              body);
    } catch (CallFailedException failure) {
      throw new TransportException("the SNS endpoint: " + failure.getMessage());
    }
    if (answer.status() / 100 == 2) {
      return;
    }
    Matcher code = CODE.matcher(new String(answer.body(), UTF_8));
    String name = code.find() ? code.group(1) : "";
    String detail = "the SNS endpoint answered " + answer.status() + " " + name;
    throw FINAL.contains(name)
        ? TransportException.refused(detail)
        : new TransportException(detail);
  }

  private String form(Message message) {
    StringBuilder form = new StringBuilder("Action=Publish&Version=2010-03-31");
    add(form, "PhoneNumber", message.recipient());
    add(form, "Message", message.body());
    attribute(form, 1, "AWS.SNS.SMS.SMSType", "Transactional");
    if (config.senderId() != null) {
      attribute(form, 2, "AWS.SNS.SMS.SenderID", config.senderId());
    }
    return form.toString();
  }

  private static void attribute(StringBuilder form, int index, String name, String value) {
    String entry = "MessageAttributes.entry." + index;
    add(form, entry + ".Name", name);
    add(form, entry + ".Value.DataType", "String");
    add(form, entry + ".Value.StringValue", value);
  }

  private static void add(StringBuilder form, String name, String value) {
    form.append('&').append(name).append('=').append(encode(value));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
