package dev.gatehouse.generator;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A digest over everything the output depends on: the arguments, the files, the generator. */
final class UpToDate {
  private UpToDate() {}

  static String stamp(List<String> arguments, List<Path> inputs) throws IOException {
    MessageDigest digest = sha256();
    for (String argument : arguments) {
      digest.update(argument.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    for (Path input : inputs) {
      digest.update(Files.readAllBytes(input));
    }
    addOwnClasses(digest);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The same from a folder of classes ({@code mvn compile}) and from a jar ({@code verify}). */
  private static void addOwnClasses(MessageDigest digest) throws IOException {
    URI place;
    try {
      place = UpToDate.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    Path path = Path.of(place);
    if (Files.isDirectory(path)) {
      addClasses(path, digest);
      return;
    }
    try (FileSystem jar = FileSystems.newFileSystem(path, Map.of())) {
      addClasses(jar.getPath("/"), digest);
    }
  }

  private static void addClasses(Path root, MessageDigest digest) throws IOException {
    List<Path> classes;
    try (Stream<Path> all = Files.walk(root)) {
      classes = all.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    }
    for (Path file : classes) {
      digest.update(Files.readAllBytes(file));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
