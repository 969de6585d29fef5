package dev.gatehouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which file system a folder lies on, after the text of {@code /proc/mounts} (proc(5)). SQLite's
 * locks and its shared-memory index do not work over a network: two machines would write the same
 * pages.
 */
final class MountTable {
  private static final Path LINUX = Path.of("/proc/mounts");
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");
  private static final Set<String> NETWORK =
      Set.of(
          "nfs",
          "nfs4",
          "cifs",
          "smb",
          "smb2",
          "smb3",
          "smbfs",
          "afs",
          "ncpfs",
          "9p",
          "ceph",
          "glusterfs",
          "lustre",
          "gpfs",
          "beegfs",
          "ocfs2",
          "gfs2",
          "davfs",
          "webdav",
          "afpfs");
  private static final Set<String> NETWORK_FUSE =
      Set.of(
          "sshfs",
          "glusterfs",
          "s3fs",
          "s3ql",
          "gcsfuse",
          "goofys",
          "rclone",
          "davfs2",
          "curlftpfs",
          "ceph",
          "ceph-fuse",
          "mount-s3",
          "juicefs",
          "smbnetfs",
          "blobfuse",
          "blobfuse2",
          "seaweedfs");

  private final List<Mount> mounts;

  private record Mount(Path point, String type) {}

  private MountTable(List<Mount> mounts) {
    this.mounts = mounts;
  }

  static MountTable parse(String text) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String[] fields = line.split(" ", -1);
      if (fields.length >= 3) {
        mounts.add(new Mount(Path.of(unescape(fields[1])), fields[2].toLowerCase(Locale.ROOT)));
      }
    }
    return new MountTable(mounts);
  }

  /**
   * This machine's mounts; elsewhere than on Linux the file store's type of the folder asked for.
   */
  static MountTable ofThisMachine(Path folder) throws IOException {
    if (Files.isReadable(LINUX)) {
      return parse(Files.readString(LINUX));
    }
    String type = Files.getFileStore(folder).type().toLowerCase(Locale.ROOT);
    return new MountTable(List.of(new Mount(folder.toRealPath().getRoot(), type)));
  }

  /** The type of the file system at {@code real}, which has no links in it; the last mount wins. */
  String typeOf(Path real) {
    String type = "";
    int depth = -1;
    for (Mount mount : mounts) {
      int names = mount.point().getNameCount();
      if (real.startsWith(mount.point()) && names >= depth) {
        depth = names;
        type = mount.type();
      }
    }
    return type;
  }

  /**
   * @throws StartRefusedException when the folder lies on a network file system
   */
  void refuseNetwork(Path folder) throws IOException {
    String type = typeOf(folder.toRealPath());
    String fuse = type.startsWith("fuse.") ? type.substring(5) : "";
    if (NETWORK.contains(type) || NETWORK_FUSE.contains(fuse)) {
      throw new StartRefusedException(
          "The data folder "
              + folder
              + " lies on a network file system ("
              + type
              + "), on which SQLite loses data. Choose a local folder with --data, or use"
              + " PostgreSQL.");
    }
  }

  private static String unescape(String field) {
    return ESCAPE
        .matcher(field)
        .replaceAll(match ->
            java.util.regex.Matcher.quoteReplacement(
                String.valueOf((char) Integer.parseInt(match.group(1), 8))));
  }
}
