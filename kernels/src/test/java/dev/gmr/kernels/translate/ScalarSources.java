package dev.gmr.kernels.translate;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The syntax trees of the scalar package: classes, methods and constants by name. */
final class ScalarSources {
  private final Map<String, ClassTree> classes = new HashMap<>();

  ScalarSources(Path folder) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (Stream<Path> list = Files.list(folder);
        StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources = list.filter(p -> p.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of(),
                  null,
                  files.getJavaFileObjects(sources.toArray(Path[]::new)));
      for (CompilationUnitTree unit : task.parse()) {
        for (Tree type : unit.getTypeDecls()) {
          if (type instanceof ClassTree c) {
            classes.put(c.getSimpleName().toString(), c);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean hasClass(String name) {
    return classes.containsKey(name);
  }

  List<MethodTree> methods(String className) {
    return classes.get(className).getMembers().stream()
        .filter(MethodTree.class::isInstance)
        .map(MethodTree.class::cast)
        .filter(m -> !m.getName().contentEquals("<init>"))
        .toList();
  }

  MethodTree method(String className, String name) {
    return methods(className).stream()
        .filter(m -> m.getName().contentEquals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no " + className + "." + name));
  }

  /** Returns the constant's declaration, or null. */
  VariableTree constant(String className, String name) {
    return classes.get(className).getMembers().stream()
        .filter(VariableTree.class::isInstance)
        .map(VariableTree.class::cast)
        .filter(v -> v.getName().contentEquals(name))
        .findFirst()
        .orElse(null);
  }
}
