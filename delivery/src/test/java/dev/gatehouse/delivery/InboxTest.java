package dev.gatehouse.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.Secret;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final Instant AT = Instant.parse("2026-11-24T08:30:00Z");
  private final Inbox inbox = new Inbox();

  private void add(Medium medium, String to, String subject, String body, String username) {
    inbox.add(
        AT,
        new Message(
            "us-east-1_aB3dE5fG7",
            medium,
            to,
            medium == Medium.SMS ? null : subject,
            body,
            Secret.of(Messages.CODE),
            username,
            AT,
            null,
            null));
  }

  @Test
  void jsonHasTheDocumentedMembersNewestFirst() {
    add(Medium.EMAIL, "jane@example.com", "First", "One", "jane");
    add(Medium.SMS, "+12065550100", "", "Two", "joe");
    assertThat(inbox.json(""))
        .isEqualTo(
            "[{\"at\":\"2026-11-24T08:30:00Z\",\"medium\":\"SMS\",\"to\":\"+12065550100\",\"subject\":\"\","
                + "\"body\":\"Two\",\"code\":\"842617\",\"poolId\":\"us-east-1_aB3dE5fG7\",\"username\":\"joe\"},"
                + "{\"at\":\"2026-11-24T08:30:00Z\",\"medium\":\"EMAIL\",\"to\":\"jane@example.com\",\"subject\":\"First\","
                + "\"body\":\"One\",\"code\":\"842617\",\"poolId\":\"us-east-1_aB3dE5fG7\",\"username\":\"jane\"}]");
    assertThat(inbox.json("jane@example.com")).contains("First").doesNotContain("Two");
    assertThat(inbox.json("nobody@example.com")).isEqualTo("[]");
    inbox.clear();
    assertThat(inbox.json("")).isEqualTo("[]");
  }

  @Test
  void itKeepsTheNewestThousand() {
    for (int i = 0; i < 1_005; i++) {
      add(Medium.SMS, "+1206555" + i, "", "n" + i, "jane");
    }
    assertThat(inbox.entries("")).hasSize(1_000);
    assertThat(inbox.entries("").getFirst().body()).isEqualTo("n1004");
    assertThat(inbox.entries("").getLast().body()).isEqualTo("n5");
  }

  @Test
  void nothingOfAMessageBecomesMarkup() {
    String attack = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>";
    add(Medium.EMAIL, attack, attack, attack, attack);
    add(Medium.EMAIL, "a@b.example", "s", "&lt;script&gt;alert(1)&lt;/script&gt;", "jane");
    add(Medium.SMS, attack, "", attack, attack);
    assertThat(inbox.html("")).doesNotContain("<script", "<img", "onerror=alert(1)>");
    assertThat(inbox.html("")).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
  }

  @Test
  void thePageShowsCodeAndTextWithoutScripts() {
    add(Medium.EMAIL, "jane@example.com", "Welcome", "Hello &amp; welcome<br>842617", "jane");
    assertThat(inbox.html("jane@example.com"))
        .contains(
            "842617",
            "jane@example.com",
            "Welcome",
            "Hello &amp; welcome",
            "color-scheme:light dark")
        .doesNotContain("<script", "javascript:");
    assertThat(inbox.html("nobody@example.com")).contains("Nothing yet");
    assertThat(Inbox.CONTENT_SECURITY_POLICY)
        .startsWith("default-src 'none'")
        .doesNotContain("script-src");
  }

  @Test
  void entriesAreNotPrinted() {
    add(Medium.SMS, "+12065550100", "", "Two", "joe");
    assertThat(inbox.entries("").toString()).doesNotContain(Messages.CODE, "+1206", "joe");
  }
}
