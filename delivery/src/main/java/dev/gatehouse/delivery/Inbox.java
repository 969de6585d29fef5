package dev.gatehouse.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.model.Json;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What would have been sent, in memory, for a developer or a test to read: the newest thousand
 * messages.
 */
public final class Inbox {
  private static final int KEPT = 1000;

  private final ConcurrentLinkedDeque<Entry> entries = new ConcurrentLinkedDeque<>();

  /** One message as the inbox shows it. */
  public record Entry(
      String at,
      String medium,
      String to,
      String subject,
      String body,
      String code,
      String poolId,
      String username) {
    /** Holds codes: never printed. */
    @Override
    public String toString() {
      return "Entry[" + at + ", " + medium + "]";
    }
  }

  void add(Instant at, Message message) {
    entries.addFirst(
        new Entry(
            at.toString(),
            message.medium().name(),
            message.recipient(),
            message.subject() == null ? "" : message.subject(),
            message.body(),
            message.code().text(),
            message.poolId(),
            message.username()));
    while (entries.size() > KEPT) {
      entries.pollLast();
    }
  }

  /** Newest first; all of them for an empty recipient. */
  public List<Entry> entries(String recipient) {
    return entries.stream()
        .filter(entry -> recipient.isEmpty() || entry.to().equals(recipient))
        .toList();
  }

  public void clear() {
    entries.clear();
  }

  /** The entries as JSON. */
  public String json(String recipient) {
    return new String(Json.write(entries(recipient)), UTF_8);
  }

  /** The entries as a page for a person. */
  public String html(String recipient) {
    StringBuilder rows = new StringBuilder();
    for (Entry entry : entries(recipient)) {
      rows.append(
          """
          <article><header><b>%s</b> <span>%s</span> <time>%s</time></header>
          <p class="code">%s</p><p>%s</p><footer>%s · %s</footer></article>
          """
              .formatted(
                  escaped(entry.to()),
                  escaped(entry.subject().isEmpty() ? entry.medium() : entry.subject()),
                  escaped(entry.at()),
                  escaped(entry.code()),
                  entry.medium().equals("EMAIL")
                      ? escaped(unescaped(entry.body()))
                      : escaped(entry.body()),
                  escaped(entry.poolId()),
                  escaped(entry.username())));
    }
    return PAGE.replace(
        "{messages}", rows.isEmpty() ? "<p>Nothing yet. Sign somebody up.</p>" : rows.toString());
  }

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Inbox · Gatehouse</title>
      <style>
      :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
      body{max-width:46rem;margin:2rem auto;padding:0 1rem}
      article{border:1px solid #8886;border-radius:.5rem;padding:.75rem 1rem;margin:1rem 0;overflow-wrap:anywhere}
      header{display:flex;gap:1rem;flex-wrap:wrap;align-items:baseline}time,footer{color:GrayText;font-size:.85rem}
      time{margin-left:auto}.code{font:1.5rem ui-monospace,monospace;letter-spacing:.1em;margin:.25rem 0}p{margin:.25rem 0}
      </style></head><body><h1>Inbox</h1><p>What this server would have sent. Reload to see more.</p>{messages}</body></html>
      """;

  /** Fit for {@code Content-Security-Policy}: nothing but the page's own style. */
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** The text of a mail whose values were escaped for HTML; shown as text here. */
  private static String unescaped(String html) {
    return html.replaceAll("<br ?/?>", "\n")
        .replaceAll("<[^>]{0,500}>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
