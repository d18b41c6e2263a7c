package dev.gmr.kernels.translate;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes the SIMD twin of a scalar class: the same methods, each lane loop a loop over vectors with
 * the scalar method for the tail.
 */
final class ClassTranslator {
  private static final List<String> VECTORS =
      List.of("DoubleVector", "FloatVector", "IntVector", "LongVector", "VectorMask");
  private static final List<String> OPERATORS =
      List.of("ASHR", "D2F", "EQ", "F2D", "GE", "GT", "I2F", "LE", "LSHL", "LSHR", "LT", "NE");

  private static final List<String> SPECIES = List.of("D", "DL", "F", "FH", "L");

  private final ScalarSources sources;

  ClassTranslator(ScalarSources sources) {
    this.sources = sources;
  }

  /** Translates every method of a class that loops over elements. */
  String loops(String scalarClass, String simdClass) {
    Constants constants = new Constants(sources);
    StringBuilder body = new StringBuilder();
    for (MethodTree method : sources.methods(scalarClass)) {
      if (method.getReturnType().toString().equals("void")) {
        body.append(loop(scalarClass, method, constants));
      }
    }
    return source(simdClass, scalarClass, constants, body.toString());
  }

  private String loop(String scalarClass, MethodTree method, Constants constants) {
    List<? extends StatementTree> statements = method.getBody().getStatements();
    ForLoopTree loop = (ForLoopTree) statements.getLast();
    VariableTree counter = (VariableTree) loop.getInitializer().getFirst();
    String index = counter.getName().toString();
    String bound = loop.getCondition().toString().replaceAll(".*< *| *$", "");
    boolean widen = method.getBody().toString().contains("double ");
    ExpressionTranslator translator = new ExpressionTranslator(sources, constants, scalarClass);
    for (VariableTree p : method.getParameters()) {
      translator.declare(p.getName().toString(), p.getType().toString());
    }
    for (StatementTree before : statements.subList(0, statements.size() - 1)) {
      translator.statement(before);
    }
    int head = translator.code().size();
    translator.declare(index, "int");
    String lanes = widen ? "DL" : "L";
    translator.lanes(
        index, widen, call(scalarClass, method, bound, lanes, index), loop.getStatement());
    List<String> code = translator.code();
    String name = method.getName().toString();
    String parameters =
        method.getParameters().stream()
            .map(p -> p.getType() + " " + p.getName())
            .collect(Collectors.joining(", "));
    String tail = call(scalarClass, method, bound, bound + " - " + index, index);
    List<String> body = code.subList(head, code.size());
    Passes passes = new Passes(body, translator.types(), index, mostWork(scalarClass));
    if (widen && passes.several()) {
      return passes.write(name, parameters, bound, tail);
    }
    return """
        static void %s(%s) {
        %s
        int vectors = Species.%s(%s);
        int %s = 0;
        for (; %s < vectors; %s += %s) {
        %s
        }
        %s
        }
        """
        .formatted(
            name,
            parameters,
            String.join("\n", code.subList(0, head)),
            widen ? "doubles" : "floats",
            bound,
            index,
            index,
            index,
            lanes,
            String.join("\n", body),
            tail);
  }

  /** MathAllocationTest tells where the usual size is too much. */
  private static int mostWork(String name) {
    return name.equals("GaussianPair") || name.equals("INVERSE_CDF")
        ? Passes.LITTLE_WORK
        : Passes.MOST_WORK;
  }

  /** The scalar method for some elements from the index on. */
  private static String call(
      String scalarClass, MethodTree method, String bound, String count, String index) {
    return "%s.%s(%s);"
        .formatted(
            scalarClass,
            method.getName(),
            method.getParameters().stream()
                .map(p -> p.getName().toString())
                .map(p -> p.equals(bound) ? count : p.endsWith("Off") ? p + " + " + index : p)
                .collect(Collectors.joining(", ")));
  }

  /**
   * Translates the functions of one element that a scalar class lists as {@code case NAME -> x ->
   * expression} in its methods {@code floats} and {@code doubles}; one class for each name.
   */
  Map<String, String> functions(String scalarClass) {
    Map<String, String> result = new TreeMap<>();
    Map<String, LambdaExpressionTree> floats = lambdas(scalarClass, "floats");
    Map<String, LambdaExpressionTree> doubles = lambdas(scalarClass, "doubles");
    for (String name : floats.keySet()) {
      Constants constants = new Constants(sources);
      String body =
          function(scalarClass, name, "float", floats.get(name), constants)
              + function(scalarClass, name, "double", doubles.get(name), constants);
      String simdClass = "Simd" + upperCamel(name);
      result.put(simdClass, source(simdClass, scalarClass, constants, body));
    }
    return result;
  }

  private Map<String, LambdaExpressionTree> lambdas(String scalarClass, String method) {
    Map<String, LambdaExpressionTree> found = new TreeMap<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitCase(CaseTree tree, Void unused) {
        Tree body = tree.getBody();
        if (body instanceof ExpressionStatementTree statement) {
          body = statement.getExpression();
        }
        found.put(tree.getExpressions().getFirst().toString(), (LambdaExpressionTree) body);
        return null;
      }
    }.scan(sources.method(scalarClass, method), null);
    return found;
  }

  private String function(
      String scalarClass,
      String name,
      String type,
      LambdaExpressionTree lambda,
      Constants constants) {
    String parameter = lambda.getParameters().getFirst().getName().toString();
    ExpressionTree body = (ExpressionTree) lambda.getBody();
    // a cast to float at the end tells that the function computes in double
    boolean widen = type.equals("double") || body.toString().startsWith("(float)");
    ExpressionTranslator translator = new ExpressionTranslator(sources, constants, scalarClass);
    Value argument =
        type.equals("double")
            ? Value.vector("DoubleVector.fromArray(D, x, xOff + i)", "double")
            : widen
                ? Value.vector(
                    "(DoubleVector) FloatVector.fromArray(FH, x, xOff + i).convertShape(F2D, D, 0)",
                    "double")
                : Value.vector("FloatVector.fromArray(F, x, xOff + i)", "float");
    translator.function(parameter, argument, body, type + "[]");
    List<String> code = translator.code();
    Passes passes = new Passes(code, translator.types(), "i", mostWork(name));
    if (widen && passes.several()) {
      return passes.write(
          "apply",
          "%s[] x, int xOff, %s[] y, int yOff, int n".formatted(type, type),
          "n",
          "%s.tail(Function.%s, x, xOff + i, y, yOff + i, n - i);\n".formatted(scalarClass, name));
    }
    String lanes = widen ? "DL" : "L";
    return """
        static void apply(%s[] x, int xOff, %s[] y, int yOff, int n) {
        int vectors = Species.%s(n);
        int i = 0;
        for (; i < vectors; i += %s) {
        %s}
        %s.tail(Function.%s, x, xOff + i, y, yOff + i, n - i);
        }
        """
        .formatted(
            type,
            type,
            widen ? "doubles" : "floats",
            lanes,
            String.join("\n", code) + "\n",
            scalarClass,
            name);
  }

  static String upperCamel(String constant) {
    StringBuilder text = new StringBuilder();
    for (String word : constant.split("_", -1)) {
      text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  private static String source(
      String simdClass, String scalarClass, Constants constants, String body) {
    String text = constants.declarations() + "\nprivate " + simdClass + "() {}\n\n" + body;
    TreeSet<String> staticImports = new TreeSet<>();
    SPECIES.stream()
        .filter(s -> uses(body, s))
        .forEach(s -> staticImports.add("dev.gmr.kernels.simd.Species." + s));
    OPERATORS.stream()
        .filter(s -> uses(body, s))
        .forEach(s -> staticImports.add("jdk.incubator.vector.VectorOperators." + s));
    TreeSet<String> imports = new TreeSet<>();
    VECTORS.stream()
        .filter(s -> uses(body, s))
        .forEach(s -> imports.add("jdk.incubator.vector." + s));
    imports.add("dev.gmr.kernels.scalar." + scalarClass);
    if (uses(body, "Function")) {
      imports.add("dev.gmr.kernels.spi.Function");
    }
    List<String> lines = new ArrayList<>();
    lines.add("package dev.gmr.kernels.simd;\n");
    staticImports.forEach(s -> lines.add("import static " + s + ";"));
    lines.add("");
    imports.forEach(s -> lines.add("import " + s + ";"));
    lines.add(
        """

        /**
         * {@link %s} a vector at a time, operation by operation, then a scalar tail.
         *
         * <p>Translated from the scalar class; TranslationTest holds the two together and tells how
         * to translate anew. Every loop is written out: a helper that takes or returns a vector is
         * compiled on its own before the loop that calls it is, and once its code is big the loop no
         * longer inlines it but boxes every vector. Long ones go in several passes over a small scratch:
         * the first compiler gives up on a very long method, and then the second may never see it.
         */"""
            .formatted(scalarClass));
    lines.add("final class " + simdClass + " {");
    lines.add(text + "}");
    return String.join("\n", lines) + "\n";
  }

  private static boolean uses(String body, String word) {
    return Pattern.compile("\\b" + word + "\\b").matcher(body).find();
  }
}
