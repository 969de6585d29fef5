package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of a process in {@code /proc} (proc(5)). */
final class ProcessFigures {
  /** USER_HZ, in which /proc counts; 100 on every architecture that Linux's JDKs run on. */
  private static final double TICKS_PER_SECOND = 100;

  /** Fields are counted from 1; the name, field 2, stands in parentheses and may hold blanks. */
  private static final int UTIME = 14;

  private static final int STIME = 15;

  private final Path folder;

  ProcessFigures(long pid) {
    this.folder = Path.of("/proc", Long.toString(pid));
  }

  /** utime + stime so far, in seconds; all threads, those that ended included. */
  double cpuSeconds() throws IOException {
    return cpuSeconds(Files.readString(folder.resolve("stat")));
  }

  /** VmRSS, in KiB. */
  long residentKib() throws IOException {
    return residentKib(Files.readString(folder.resolve("status")));
  }

  static double cpuSeconds(String stat) {
    String[] fromThird = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fromThird[UTIME - 3]) + Long.parseLong(fromThird[STIME - 3]))
        / TICKS_PER_SECOND;
  }

  static long residentKib(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no VmRSS line"));
  }
}
