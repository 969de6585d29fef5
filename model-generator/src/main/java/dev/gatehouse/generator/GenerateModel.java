package dev.gatehouse.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The generator's entry. Arguments: the folder of Smithy files, the output folder, then one {@code
 * file=package:Prefix} for each service. Does nothing when nothing has changed; rewrites only files
 * whose text changed, so that the compiler sees no false changes.
 */
public final class GenerateModel {
  private GenerateModel() {}

  public static void main(String[] arguments) throws IOException {
    Path from = Path.of(arguments[0]);
    Path to = Path.of(arguments[1]);
    List<String> named = Arrays.asList(arguments).subList(2, arguments.length);
    List<Job> jobs = named.stream().map(Job::parse).toList();
    List<Path> inputs = jobs.stream().map(job -> from.resolve(job.file())).toList();
    String stamp = UpToDate.stamp(named, inputs);
    Path stampFile = to.resolve(".stamp");
    if (Files.exists(stampFile) && Files.readString(stampFile).equals(stamp)) {
      return;
    }
    Files.deleteIfExists(stampFile);
    Set<Path> written = new HashSet<>();
    for (Job job : jobs) {
      generate(from.resolve(job.file()), to, job, written);
    }
    deleteOthers(to, written);
    Files.writeString(stampFile, stamp);
  }

  private static void generate(Path file, Path to, Job job, Set<Path> written) throws IOException {
    String packageName = job.packageName();
    String prefix = job.prefix();
    ServiceShapes shapes = ServiceShapes.load(file);
    PatternTable patterns = new PatternTable();
    for (var shape : shapes.patterned()) {
      String pattern = Constraints.pattern(shape).orElseThrow();
      patterns
          .byHand(pattern)
          .ifPresent(matcher ->
              System.out.printf(
                  "%s: matched by hand (%s): %s%n", shape.getId().getName(), matcher, pattern));
    }
    String rules = prefix + "Rules";
    ChecksWriter checks = new ChecksWriter(shapes, rules);
    List<SourceFile> files = new ArrayList<>();
    RecordWriter records = new RecordWriter(shapes, checks, packageName);
    shapes.structures().forEach(structure -> files.add(records.write(structure)));
    EnumWriter enums = new EnumWriter(packageName);
    shapes.enums().forEach(shape -> files.add(enums.write(shape)));
    files.add(new RulesWriter(shapes, patterns, packageName, rules).write());
    OperationsWriter operations = new OperationsWriter(shapes, checks, packageName, prefix);
    files.add(operations.operations());
    files.add(operations.errors());
    files.add(packageInfo(packageName, prefix, file));
    for (SourceFile source : files) {
      write(to.resolve(source.path()), source.text(), written);
    }
  }

  private static SourceFile packageInfo(String packageName, String prefix, Path file) {
    SourceFile info = new SourceFile(packageName, "package-info");
    info.comment(
        """
        /**
         * Generated from %s: requests, answers, enums, constraints and errors of one service. Owns no
         * behaviour. Enter at {@link %s.%sOperations}.
         */
        @org.jspecify.annotations.NullMarked
        """
            .formatted(file.getFileName(), packageName, prefix));
    return info;
  }

  private static void write(Path path, String text, Set<Path> written) throws IOException {
    written.add(path);
    if (Files.exists(path) && Files.readString(path).equals(text)) {
      return;
    }
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static void deleteOthers(Path to, Set<Path> written) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(to)) {
      files = all.filter(Files::isRegularFile).filter(file -> !written.contains(file)).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
