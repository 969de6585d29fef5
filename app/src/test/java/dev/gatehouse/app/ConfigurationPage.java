package dev.gatehouse.app;

import static dev.gatehouse.app.Paper.cell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;

/** docs/configuration.md: options from picocli's model, keys from the schema. */
final class ConfigurationPage {
  private ConfigurationPage() {}

  static String of(JsonNode schema, String example) throws IOException {
    return Paper.fill(
        "configuration.md",
        Map.of(
            "options", options(), "keys", keys(schema), "example", "```yaml\n" + example + "```"));
  }

  private static String options() {
    StringBuilder table = new StringBuilder("| option | meaning |\n|---|---|\n");
    for (OptionSpec option :
        Objects.requireNonNull(Main.commandLine().getSubcommands().get("up"))
            .getCommandSpec()
            .options()) {
      String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
      table
          .append("| `")
          .append(String.join("`, `", option.names()))
          .append(value)
          .append("` | ")
          .append(cell(String.join(" ", option.description())))
          .append(" |\n");
    }
    return table.toString();
  }

  private static String keys(JsonNode schema) {
    StringBuilder table =
        new StringBuilder("| key | type | default | meaning |\n|---|---|---|---|\n");
    rows("", schema).forEach(table::append);
    return table.toString();
  }

  /** A row for each key, those below it next. */
  private static List<String> rows(String prefix, JsonNode object) {
    List<String> rows = new ArrayList<>();
    object
        .path("properties")
        .properties()
        .forEach(property -> {
          String key = prefix + property.getKey();
          JsonNode node = property.getValue();
          rows.add(
              "| `%s` | %s | %s | %s |\n"
                  .formatted(
                      key,
                      type(node),
                      byDefault(node),
                      cell(node.path("description").asString(""))));
          rows.addAll(rows(key + ".", node));
          rows.addAll(rows(key + "[].", node.path("items")));
          rows.addAll(rows(key + ".*.", node.path("additionalProperties")));
        });
    return rows;
  }

  private static String type(JsonNode node) {
    if (node.has("enum")) {
      return Arrays.stream(words(node))
          .map(word -> "`" + word + "`")
          .collect(Collectors.joining(", "));
    }
    String type = node.path("type").asString("");
    return switch (type) {
      case "array" -> "list of " + type(node.path("items"));
      case "object" ->
          node.path("additionalProperties").isObject()
              ? "map of " + type(node.path("additionalProperties"))
              : "section";
      case "string" -> "text";
      case "integer" -> "number";
      case "boolean" -> "`true`, `false`";
      default -> throw new IllegalStateException(node.toString());
    };
  }

  private static String[] words(JsonNode node) {
    return node.path("enum").valueStream().map(JsonNode::asString).toArray(String[]::new);
  }

  private static String byDefault(JsonNode node) {
    return node.has("default") ? "`" + node.path("default").asString() + "`" : "";
  }
}
