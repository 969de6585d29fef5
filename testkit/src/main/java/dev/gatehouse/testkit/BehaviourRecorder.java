package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes one JSON line for each {@link Shows} of a test that was executed: id, clause, test,
 * result; and one for each {@link Differs}, with its number and texts. A test that runs several
 * times (parameters, repetitions) counts as passed only if every run passed. The build merges these
 * files into {@code target/behaviour.json}.
 */
public final class BehaviourRecorder implements TestExecutionListener {
  private final Map<String, String> results = new ConcurrentSkipListMap<>();

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (!test.isTest() || !(test.getSource().orElse(null) instanceof MethodSource source)) {
      return;
    }
    Method method;
    try {
      method = source.getJavaMethod();
    } catch (RuntimeException noSuchMethod) {
      return;
    }
    String outcome =
        result.getStatus() == TestExecutionResult.Status.SUCCESSFUL ? "passed" : "failed";
    String name = quote(source.getClassName() + "#" + source.getMethodName());
    Differs differs = method.getAnnotation(Differs.class);
    if (differs != null) {
      note(
          "{\"number\":"
              + differs.number()
              + ",\"in\":"
              + quote(differs.in())
              + ",\"cognito\":"
              + quote(differs.cognito())
              + ",\"here\":"
              + quote(differs.here())
              + ",\"why\":"
              + quote(differs.why())
              + ",\"test\":"
              + name,
          outcome);
    }
    for (Shows shows : method.getAnnotationsByType(Shows.class)) {
      note(
          "{\"id\":"
              + quote(shows.id())
              + ",\"clause\":"
              + quote(shows.says())
              + ",\"test\":"
              + name,
          outcome);
    }
  }

  private void note(String key, String outcome) {
    results.merge(key, outcome, (before, now) -> before.equals("passed") ? now : before);
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    @Nullable String folder = System.getProperty("gatehouse.behaviour.dir");
    if (folder == null || results.isEmpty()) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    results.forEach((key, outcome) ->
        lines.append(key).append(",\"result\":\"").append(outcome).append("\"}\n"));
    try {
      Path file = Path.of(folder).resolve("junit-" + ProcessHandle.current().pid() + ".jsonl");
      Files.createDirectories(file.getParent());
      Files.writeString(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JSON string; test names and clauses hold no control characters. */
  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
