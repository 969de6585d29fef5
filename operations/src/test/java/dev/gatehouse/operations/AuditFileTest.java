package dev.gatehouse.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.AuditLog.Entry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-24T23:59:59Z"));

  @TempDir private Path folder;

  private static Entry entry(String operation) {
    return new Entry(
        "6a2b", "arn:aws:iam::0:root", "AKIA1", "192.0.2.1", operation, "p_1", null, "ok");
  }

  @Test
  void writesALineForEachEntryIntoAFileADay() throws Exception {
    Path audit = folder.resolve("audit");
    try (AuditFile file = AuditFile.in(audit, now::get)) {
      file.record(entry("ListUsers"));
      now.updateAndGet(time -> time.plus(Duration.ofSeconds(2)));
      file.record(entry("CreateUserPool"));
    }
    assertThat(Files.readString(audit.resolve("audit-2026-11-24.jsonl")))
        .isEqualTo(
            """
            {"time":"2026-11-24T23:59:59Z","requestId":"6a2b","callerArn":"arn:aws:iam::0:root",\
            "accessKeyId":"AKIA1","address":"192.0.2.1","operation":"ListUsers","poolId":"p_1",\
            "sub":null,"outcome":"ok"}
            """);
    assertThat(audit.resolve("audit-2026-11-25.jsonl"))
        .content()
        .contains("CreateUserPool")
        .doesNotContain("ListUsers");
  }

  @Test
  void addsToWhatIsThereAndIsReadableByItsOwnerAlone() throws Exception {
    for (int i = 0; i < 2; i++) {
      try (AuditFile file = AuditFile.in(folder, now::get)) {
        file.record(entry("ListUsers"));
      }
    }
    Path file = folder.resolve("audit-2026-11-24.jsonl");
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void noValueBreaksItsLine() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (AuditFile file = AuditFile.to(new PrintStream(bytes, true, UTF_8), now::get)) {
      file.record(entry("a\"b\\c\r\nd\u2028e\u0000é" + "x".repeat(5000)));
    }
    String text = bytes.toString(UTF_8);
    assertThat(text.lines()).hasSize(1);
    assertThat(text)
        .contains("\"operation\":\"a\\\"b\\\\c\\u000d\\u000ad\\u2028e\\u0000\\u00e9xxx")
        .hasSizeLessThan(1400);
  }

  @Test
  void linesOfManyThreadsStayWhole() throws Exception {
    try (AuditFile file = AuditFile.in(folder, now::get);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 500; i++) {
        threads.execute(() -> file.record(entry("ListUsers")));
      }
    }
    List<String> lines = Files.readAllLines(folder.resolve("audit-2026-11-24.jsonl"));
    assertThat(lines).hasSize(500).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
  }

  @Test
  void aFullDiskFailsNoCall() throws Exception {
    try (AuditFile file = AuditFile.in(folder.resolve("gone"), now::get)) {
      Files.delete(folder.resolve("gone"));
      file.record(entry("ListUsers"));
    }
    assertThat(folder.resolve("gone")).doesNotExist();
  }
}
