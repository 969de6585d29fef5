package dev.gatehouse.wire;

import dev.gatehouse.model.CallerKind;
import dev.gatehouse.wire.ServiceTable.Row;
import java.util.Comparator;
import java.util.List;

/** The part of docs/operations.md that says which operations of a service are served. */
public final class OperationsPage {
  private OperationsPage() {}

  /** A heading and a table in Markdown. */
  public static String of(String service, ServiceTable table) {
    List<Row<?, ?>> rows =
        table.rows().stream()
            .sorted(Comparator.comparing((Row<?, ?> row) -> row.model().name()))
            .toList();
    long served = rows.stream().filter(row -> row.handler() != null).count();
    StringBuilder page = new StringBuilder();
    page.append("## ").append(service).append("\n\n");
    page.append(served).append(" of ").append(rows.size()).append(" operations are served.");
    page.append("\n\n| Operation | Proof of the caller | Served |\n|---|---|---|\n");
    for (Row<?, ?> row : rows) {
      page.append("| ")
          .append(row.model().name())
          .append(" | ")
          .append(proof(row.model().caller()))
          .append(" | ")
          .append(row.handler() == null ? "no" : "yes")
          .append(" |\n");
    }
    return page.toString();
  }

  private static String proof(CallerKind caller) {
    return switch (caller) {
      case IAM -> "SigV4 signature";
      case PUBLIC -> "none";
      case CLIENT -> "client id";
      case SESSION -> "session";
      case ACCESS_TOKEN -> "access token";
      case ACCESS_TOKEN_OR_SESSION -> "access token or session";
      case REFRESH_TOKEN -> "refresh token";
      case CLIENT_SECRET -> "client id and secret";
      case FEEDBACK_TOKEN -> "feedback token";
      case WEB_IDENTITY_TOKEN -> "web identity token";
      case SAML_ASSERTION -> "SAML assertion";
    };
  }
}
