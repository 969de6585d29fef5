package dev.gatehouse.app;

import dev.gatehouse.kernel.Secret;
import dev.gatehouse.userpool.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code run.json}: where a running server is, and its root key, for {@code gatehouse env}. {@code
 * management} is where {@code /_gatehouse} is, {@code ca} the development CA's certificate.
 * Readable by its owner alone; an ephemeral server keeps it in {@code $XDG_RUNTIME_DIR} or the
 * temporary folder, under the port.
 */
record RunFile(
    int port,
    String accessKeyId,
    String secretAccessKey,
    String endpoint,
    String management,
    @Nullable String ca) {
  static RunFile of(Server server) {
    return new RunFile(
        server.port(),
        server.rootKey().id(),
        server.rootKey().secret().text(),
        server.endpoint(),
        server.managementEndpoint(),
        server.developmentCa() == null ? null : server.developmentCa().toString());
  }

  Secret secret() {
    return Secret.of(secretAccessKey);
  }

  /** Hides the key. */
  @Override
  public String toString() {
    return "RunFile[" + endpoint + "]";
  }

  static Path inFolder(Path folder) {
    return folder.resolve("run.json");
  }

  /** Where a server without a data folder of its own leaves it. */
  static Path ofPort(int port) {
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    Path folder =
        runtime != null && Files.isDirectory(Path.of(runtime))
            ? Path.of(runtime)
            : Path.of(System.getProperty("java.io.tmpdir"));
    return folder.resolve("gatehouse-" + System.getProperty("user.name") + "-" + port + ".json");
  }

  /** Written whole or not at all, never readable by others. */
  void write(Path file) throws IOException {
    Path fresh =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            "run",
            ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, Documents.write(this));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Empty when there is none, or when it belongs to somebody else. */
  static Optional<RunFile> read(Path file) {
    try {
      if (!Files.isRegularFile(file)
          || !Files.getOwner(file).getName().equals(System.getProperty("user.name"))) {
        return Optional.empty();
      }
      return Optional.of(Documents.read(Files.readString(file), RunFile.class));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
