package dev.gatehouse.app;

import dev.gatehouse.app.ServerOptions.Storage;
import dev.gatehouse.app.ServerOptions.TlsListener;
import dev.gatehouse.http.DevelopmentCa;
import dev.gatehouse.http.TlsFiles;
import dev.gatehouse.http.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the TLS listener shows itself by: given files, or a certificate of the development CA. */
final class Certificate implements AutoCloseable {
  private final @Nullable TlsFiles files;
  private final @Nullable DevelopmentCa ca;
  private final @Nullable Path temporary;

  private Certificate(
      @Nullable TlsFiles files, @Nullable DevelopmentCa ca, @Nullable Path temporary) {
    this.files = files;
    this.ca = ca;
    this.temporary = temporary;
  }

  static Certificate of(TlsListener listener, Storage storage, GroundFloor ground) {
    if (listener.files() != null) {
      return new Certificate(listener.files(), null, null);
    }
    Path data = storage.data();
    Path folder = data == null ? newFolder() : data;
    return new Certificate(
        null, DevelopmentCa.in(folder, ground.wall, ground.random), data == null ? folder : null);
  }

  /**
   * As it is now; read again, or renewed, each time.
   *
   * @throws TlsFiles.UnusableException if the files cannot serve
   */
  TlsIdentity identity() {
    if (files != null) {
      return files.read();
    }
    if (ca == null) {
      throw new IllegalStateException("neither files nor an authority");
    }
    return ca.server();
  }

  @Nullable Path developmentCa() {
    return ca == null ? null : ca.certificateFile();
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("gatehouse-ca");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes an authority away that was made for this run alone, its key first of all. */
  @Override
  public void close() throws IOException {
    if (temporary == null) {
      return;
    }
    try (Stream<Path> inside = Files.list(temporary)) {
      for (Path file : inside.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(temporary);
  }
}
