package dev.gatehouse.store;

import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * The master key in a file of its owner (0600). While the key is being changed the new one lies
 * beside it, so that a change which was interrupted at any point goes on at the next start.
 */
public final class MasterKeyFile {
  private final Path file;
  private final Path coming;

  public MasterKeyFile(Path file) {
    this.file = file;
    this.coming = file.resolveSibling(file.getFileName() + ".next");
  }

  /** The key file of a data folder; {@link #openOrMake} makes it for a new folder only. */
  public static MasterKeyFile in(Path dataFolder) {
    return new MasterKeyFile(dataFolder.resolve("master.key"));
  }

  /**
   * Reads the key, or makes one when {@code dataFolder} holds no database yet. To be called before
   * that database is opened.
   *
   * @throws StartRefusedException when the key of a database is missing, or readable by others
   */
  public MasterKeys openOrMake(Path dataFolder, Ids ids) {
    if (Files.exists(file)) {
      return open();
    }
    if (Files.exists(dataFolder.resolve(DataFolder.DATABASE))) {
      throw new StartRefusedException(
          "The key file "
              + file
              + " is missing. The data in "
              + dataFolder
              + " does not open without it: put it back from your backup.");
    }
    try {
      PrivateFiles.createFolder(dataFolder);
      PrivateFiles.createFolder(file.toAbsolutePath().resolveSibling(""));
      MasterKey made = MasterKey.random(ids);
      store(file, made);
      return MasterKeys.of(made);
    } catch (IOException e) {
      throw new StartRefusedException("The key file " + file + " cannot be written: " + e, e);
    }
  }

  /**
   * Reads the key, and the one to come if there is one.
   *
   * @throws StartRefusedException when it is missing, no key, or readable by others
   */
  public MasterKeys open() {
    MasterKey key = read(file);
    return Files.exists(coming) ? MasterKeys.of(key, read(coming)) : MasterKeys.of(key);
  }

  /**
   * Brings the file into line with the database, after the vault was opened with {@link #open}'s
   * keys: a change that went through is put in force here too, one that never began is dropped.
   */
  public void settle(Vault vault) {
    try {
      if (!Files.exists(coming)) {
        return;
      }
      if (read(coming).fingerprint().equals(vault.masterKeyInForce())) {
        PrivateFiles.move(coming, file);
      } else {
        Files.delete(coming);
      }
    } catch (IOException e) {
      throw new StartRefusedException("The key file " + file + " cannot be changed: " + e, e);
    }
  }

  /**
   * Changes the master key: lays the new one beside the old, wraps every data key anew, puts the
   * new one in force. May be called again after it was interrupted: it then goes on with the key
   * that lies there, since data keys may be wrapped by it already.
   *
   * @param fresh the new key, when no change is under way
   * @param progress is told how many data keys were wrapped anew so far
   */
  public void rotate(Vault vault, MasterKey fresh, LongConsumer progress) {
    try {
      boolean underWay = Files.exists(coming);
      if (!underWay) {
        store(coming, fresh);
      }
      vault.rotateMaster(underWay ? read(coming) : fresh, progress);
      PrivateFiles.move(coming, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void store(Path file, MasterKey key) throws IOException {
    PrivateFiles.write(file, key.text().bytes());
  }

  private static MasterKey read(Path file) {
    try {
      if (PrivateFiles.isOpenToOthers(file)) {
        throw new StartRefusedException(
            "The key file "
                + file
                + " is open to other users: chmod 600 it, and change the key if"
                + " others may have read it.");
      }
      return MasterKey.parse(Secret.of(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new StartRefusedException("The key file " + file + " cannot be read: " + e, e);
    }
  }
}
