package dev.gatehouse.generator;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** One Java file being written: body lines first, imports collected on the way. */
final class SourceFile {
  private final String packageName;
  private final String type;
  private final Set<String> imports = new TreeSet<>();
  private final StringBuilder head = new StringBuilder();
  private final StringBuilder body = new StringBuilder();

  SourceFile(String packageName, String type) {
    this.packageName = packageName;
    this.type = type;
  }

  String path() {
    return packageName.replace('.', '/') + "/" + type + ".java";
  }

  void imports(String... names) {
    imports.addAll(Set.of(names));
  }

  /** What stands before the package line. */
  void comment(String text) {
    head.append(text);
  }

  void line(String text) {
    body.append(text).append('\n');
  }

  /** A line with {@code %s} places. */
  @SuppressWarnings("AnnotateFormatMethod") // its jar is not worth a dependency
  void line(String format, Object... parts) {
    line(String.format(Locale.ROOT, format, parts));
  }

  boolean mentions(String word) {
    return body.indexOf(word) >= 0;
  }

  String text() {
    StringBuilder out =
        new StringBuilder(head).append("package ").append(packageName).append(";\n\n");
    imports.forEach(name -> out.append("import ").append(name).append(";\n"));
    return out.append('\n').append(body).toString();
  }
}
