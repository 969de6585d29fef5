package dev.gatehouse.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.loader.ModelAssembler;

/**
 * Command line of the generator: {@code OUTPUT (FILE PACKAGE)…}. Does nothing when the output is
 * newer than every input and than the generator itself.
 */
public final class GenerateModel {
  private GenerateModel() {}

  public static void main(String[] args) throws IOException {
    Path output = Path.of(args[0]);
    Path stamp = output.resolve("generated");
    if (upToDate(stamp, args)) {
      return;
    }
    for (int i = 1; i < args.length; i += 2) {
      new ServiceSources(load(Path.of(args[i])), args[i + 1]).writeTo(output);
    }
    Files.createDirectories(output);
    Files.writeString(stamp, "");
  }

  /** Reads one Smithy file; our own traits ({@code gatehouse.api#…}) have no definition. */
  static Model load(Path file) {
    return Model.assembler()
        .putProperty(ModelAssembler.ALLOW_UNKNOWN_TRAITS, true)
        .discoverModels()
        .addImport(file)
        .assemble()
        .unwrap();
  }

  private static boolean upToDate(Path stamp, String[] args) throws IOException {
    if (!Files.exists(stamp)) {
      return false;
    }
    long made = Files.getLastModifiedTime(stamp).toMillis();
    Path self;
    try {
      self =
          Path.of(GenerateModel.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IOException(e);
    }
    if (newest(self) > made) {
      return false;
    }
    for (int i = 1; i < args.length; i += 2) {
      if (newest(Path.of(args[i])) > made) {
        return false;
      }
    }
    return true;
  }

  private static long newest(Path path) throws IOException {
    try (var files = Files.walk(path)) {
      return files.mapToLong(file -> file.toFile().lastModified()).max().orElse(0);
    }
  }
}
