package dev.gatehouse.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** How long each class and each method of a source file is, as the compiler's parser sees it. */
final class SourceSizes {
  /**
   * One declaration.
   *
   * @param name {@code Outer.Inner} of a class, {@code Outer.Inner#method} of a method
   * @param lines from its first modifier or annotation to its closing brace, comments before it not
   *     counted
   */
  record Size(String name, Kind kind, int lines) {}

  enum Kind {
    CLASS,
    METHOD
  }

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private SourceSizes() {}

  static List<Size> of(List<Path> files) throws IOException {
    try (StandardJavaFileManager manager =
        COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      return measure(manager, manager.getJavaFileObjectsFromPaths(files));
    }
  }

  static List<Size> of(String source) throws IOException {
    return measure(
        null,
        List.of(
            new SimpleJavaFileObject(
                URI.create("memory:///Source.java"), JavaFileObject.Kind.SOURCE) {
              @Override
              public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
              }
            }));
  }

  private static List<Size> measure(
      @Nullable StandardJavaFileManager manager, Iterable<? extends JavaFileObject> files)
      throws IOException {
    JavacTask task =
        (JavacTask) COMPILER.getTask(null, manager, null, List.of("-proc:none"), null, files);
    List<Size> sizes = new ArrayList<>();
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    for (CompilationUnitTree unit : task.parse()) {
      new Measure(unit, positions, sizes).scan(unit, "");
    }
    return sizes;
  }

  private static final class Measure extends TreeScanner<@Nullable Void, String> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<Size> sizes;

    Measure(CompilationUnitTree unit, SourcePositions positions, List<Size> sizes) {
      this.unit = unit;
      this.positions = positions;
      this.sizes = sizes;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, String outer) {
      String own = tree.getSimpleName().toString();
      String name = outer.isEmpty() ? own : outer + "." + own;
      sizes.add(new Size(name, Kind.CLASS, lines(tree)));
      return super.visitClass(tree, name);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, String outer) {
      sizes.add(new Size(outer + "#" + tree.getName(), Kind.METHOD, lines(tree)));
      return super.visitMethod(tree, outer);
    }

    private int lines(Tree tree) {
      long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
      long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree) - 1);
      return Math.toIntExact(last - first + 1);
    }
  }
}
