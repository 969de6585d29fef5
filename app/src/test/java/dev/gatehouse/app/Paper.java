package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A generated file under {@code docs/}. {@code -Dgatehouse.write=true} writes it; otherwise a file
 * that differs from what the code gives fails the test.
 */
final class Paper {
  private static final Pattern PLACE = Pattern.compile("(?m)^\\{\\{(\\w+)}}$");

  private Paper() {}

  /** The folder of the whole project. */
  static Path root() {
    return Path.of(
        Objects.requireNonNull(
            System.getProperty("gatehouse.root"), "gatehouse.root, set by the build"));
  }

  static String read(String path) throws IOException {
    return Files.readString(root().resolve(path));
  }

  /** Compares {@code docs/name} with the text, or writes it. */
  static void check(String name, String text) throws IOException {
    Path file = root().resolve("docs").resolve(name);
    if (Boolean.getBoolean("gatehouse.write")) {
      Files.writeString(file, text);
    }
    assertThat(file)
        .as("docs/%s, to be renewed by -Dgatehouse.write=true (CONTRIBUTING.md)", name)
        .hasContent(text);
  }

  /** The handwritten part {@code app/src/test/papers/name} with its {@code {{places}}} filled. */
  static String fill(String name, Map<String, String> places) throws IOException {
    Matcher place = PLACE.matcher(read("app/src/test/papers/" + name));
    StringBuilder result = new StringBuilder();
    while (place.find()) {
      String key = place.group(1);
      String text = Objects.requireNonNull(places.get(key), key);
      place.appendReplacement(result, Matcher.quoteReplacement(text.strip()));
    }
    return place.appendTail(result).toString();
  }

  /** A cell of a table in Markdown. */
  static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
