package dev.gmr.kernels.translate;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Translates straight-line scalar statements to vector statements, operation by operation, with the
 * calls of scalar helpers written out.
 *
 * <p>What it takes: local variables, assignments, stores to arrays, counted loops whose bounds do
 * not depend on the lane; {@code + - * / & | << >> >>>}, comparisons, {@code && || !}, {@code ?:},
 * casts; Math.fma, abs and sqrt; one {@code if} for a common case; the raw bits of floating-point
 * numbers; static methods of the scalar package that end in one return. Anything else is refused.
 */
final class ExpressionTranslator {
  private static final Map<Kind, String> ARITHMETIC =
      Map.of(
          Kind.PLUS, "add",
          Kind.MINUS, "sub",
          Kind.MULTIPLY, "mul",
          Kind.DIVIDE, "div",
          Kind.AND, "and",
          Kind.OR, "or");

  private static final Map<Kind, String> SHIFTS =
      Map.of(Kind.LEFT_SHIFT, "LSHL", Kind.RIGHT_SHIFT, "ASHR", Kind.UNSIGNED_RIGHT_SHIFT, "LSHR");

  private static final Map<Kind, String> COMPARISONS =
      Map.of(
          Kind.LESS_THAN, "LT",
          Kind.LESS_THAN_EQUAL, "LE",
          Kind.GREATER_THAN, "GT",
          Kind.GREATER_THAN_EQUAL, "GE",
          Kind.EQUAL_TO, "EQ",
          Kind.NOT_EQUAL_TO, "NE");

  private static final Map<String, String> MIRRORED =
      Map.of("LT", "GT", "LE", "GE", "GT", "LT", "GE", "LE", "EQ", "EQ", "NE", "NE");

  private final ScalarSources sources;
  private final Constants constants;
  private List<String> code = new ArrayList<>();
  private final Map<String, String> types = new HashMap<>();
  private final Set<String> names = new HashSet<>(Set.of("i", "D", "F", "DL", "L", "FH"));
  private String className;
  private Map<String, Value> scope = new HashMap<>();
  private Set<String> reassigned = new HashSet<>();
  private String lane = "";
  private String scalarCall;

  /** Whether floats are widened where they are loaded. */
  private boolean doubleLanes;

  ExpressionTranslator(ScalarSources sources, Constants constants, String className) {
    this.sources = sources;
    this.constants = constants;
    this.className = className;
  }

  /** The statements translated so far. */
  List<String> code() {
    return code;
  }

  /** The types of the variables that the statements declare. */
  Map<String, String> types() {
    return types;
  }

  /** Makes a name of the method known: a parameter or the lane's index. */
  void declare(String name, String type) {
    names.add(name);
    scope.put(name, Value.uniform(name, type));
  }

  /**
   * Translates the body of a loop whose index is the lane; the call does the same for one vector.
   */
  void lanes(String index, boolean widen, String call, StatementTree body) {
    lane = index;
    scalarCall = call;
    doubleLanes = widen;
    reassigned = reassignedIn(body);
    statement(body);
  }

  /** Translates a constant's initial value. */
  String uniform(VariableTree constant) {
    Value value = coerce(expression(constant.getInitializer()), constant.getType().toString());
    return value.code();
  }

  void statement(StatementTree tree) {
    if (tree instanceof BlockTree block) {
      block.getStatements().forEach(this::statement);
    } else if (tree instanceof VariableTree variable) {
      variable(variable);
    } else if (tree instanceof ForLoopTree loop) {
      loop(loop);
    } else if (tree instanceof ExpressionStatementTree s
        && s.getExpression() instanceof AssignmentTree assignment) {
      assign(assignment);
    } else if (tree instanceof IfTree choice) {
      commonCase(choice);
    } else {
      throw unsupported(tree);
    }
  }

  /**
   * Takes the first branch for vectors of which all lanes do; any other vector is left to scalars.
   */
  private void commonCase(IfTree tree) {
    code.add(
        "if (!%s.allTrue()) {\n%s\ncontinue;\n}"
            .formatted(expression(tree.getCondition()).code(), scalarCall));
    statement(tree.getThenStatement());
  }

  private void variable(VariableTree tree) {
    String name = tree.getName().toString();
    String type = tree.getType().toString();
    Value value = coerce(expression(tree.getInitializer()), type);
    boolean vector = value.varying() || (reassigned.contains(name) && !lane.isEmpty());
    scope.put(name, store(name, vector ? broadcast(value) : value));
  }

  private Value store(String name, Value value) {
    String unique = unique(name);
    code.add("%s %s = %s;".formatted(value.variableType(), unique, value.code()));
    types.put(unique, value.variableType());
    return new Value(unique, value.type(), value.varying());
  }

  private String unique(String name) {
    String unique = name;
    for (int n = 2; !names.add(unique); n++) {
      unique = name + n;
    }
    return unique;
  }

  private void assign(AssignmentTree tree) {
    if (tree.getVariable() instanceof ArrayAccessTree target) {
      Value array = expression(target.getExpression());
      String index = expression(target.getIndex()).code();
      store(expression(tree.getExpression()), array.type(), array.code(), index);
      return;
    }
    Value variable = expression(tree.getVariable());
    Value value = coerce(expression(tree.getExpression()), variable.type());
    code.add("%s = %s;".formatted(variable.code(), broadcast(value).code()));
  }

  private void loop(ForLoopTree tree) {
    VariableTree counter = (VariableTree) tree.getInitializer().getFirst();
    String name = unique(counter.getName().toString());
    scope.put(counter.getName().toString(), Value.uniform(name, "int"));
    String head =
        "for (int %s = %s; %s; %s++) {"
            .formatted(
                name,
                expression(counter.getInitializer()).code(),
                expression(tree.getCondition()).code(),
                name);
    List<String> outer = code;
    code = new ArrayList<>();
    statement(tree.getStatement());
    outer.add(head + "\n" + String.join("\n", code) + "\n}");
    code = outer;
  }

  private Value expression(Tree tree) {
    if (tree instanceof ParenthesizedTree p) {
      Value inner = expression(p.getExpression());
      return inner.varying() ? inner : Value.uniform("(" + inner.code() + ")", inner.type());
    } else if (tree instanceof LiteralTree literal) {
      return literal(literal);
    } else if (tree instanceof IdentifierTree name) {
      return name(name.getName().toString());
    } else if (tree instanceof MemberSelectTree member) {
      return member(member);
    } else if (tree instanceof ArrayAccessTree access) {
      return load(access);
    } else if (tree instanceof UnaryTree unary) {
      return unary(unary);
    } else if (tree instanceof BinaryTree binary) {
      return binary(binary);
    } else if (tree instanceof ConditionalExpressionTree choice) {
      return choice(choice);
    } else if (tree instanceof TypeCastTree cast) {
      return cast(cast);
    } else if (tree instanceof MethodInvocationTree call) {
      return call(call);
    }
    throw unsupported(tree);
  }

  private static Value literal(LiteralTree tree) {
    String text = tree.toString();
    return switch (tree.getKind()) {
      case INT_LITERAL -> Value.uniform(text, "int");
      case LONG_LITERAL -> Value.uniform(tree.getValue() + "L", "long");
      case FLOAT_LITERAL -> Value.uniform(text.replace("F", "f"), "float");
      case DOUBLE_LITERAL -> Value.uniform(hexadecimal((Double) tree.getValue()), "double");
      default -> throw unsupported(tree);
    };
  }

  private static String hexadecimal(double value) {
    String decimal = Double.toString(value);
    return decimal.length() <= 8 ? decimal : Double.toHexString(value);
  }

  private Value name(String name) {
    Value local = scope.get(name);
    if (local != null) {
      return local;
    }
    Value constant = constants.use(className, name);
    if (constant == null) {
      throw new IllegalArgumentException("unknown name " + name + " in " + className);
    }
    return constant;
  }

  private Value member(MemberSelectTree tree) {
    String owner = tree.getExpression().toString();
    String name = tree.getIdentifier().toString();
    if (sources.hasClass(owner)) {
      return constants.use(owner, name);
    }
    if (owner.equals("Double") || owner.equals("Float")) {
      return Value.uniform(owner + "." + name, owner.equals("Double") ? "double" : "float");
    }
    if (name.equals("length")) {
      return Value.uniform(expression(tree.getExpression()).code() + ".length", "int");
    }
    throw unsupported(tree);
  }

  private Value load(ArrayAccessTree tree) {
    Value array = expression(tree.getExpression());
    Value index = expression(tree.getIndex());
    String type = array.type().replace("[]", "");
    if (!mentionsLane(tree.getIndex())) {
      return Value.uniform("%s[%s]".formatted(array.code(), index.code()), type);
    }
    if (doubleLanes && type.equals("float")) {
      return Value.vector(
          "((DoubleVector) FloatVector.fromArray(FH, %s, %s).convertShape(F2D, D, 0))"
              .formatted(array.code(), index.code()),
          "double");
    }
    return Value.vector(
        (type.equals("double") ? "DoubleVector.fromArray(D, " : "FloatVector.fromArray(F, ")
            + "%s, %s)".formatted(array.code(), index.code()),
        type);
  }

  private boolean mentionsLane(Tree tree) {
    Set<String> found = new HashSet<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree name, Void unused) {
        found.add(name.getName().toString());
        return null;
      }
    }.scan(tree, null);
    return found.contains(lane);
  }

  private Value unary(UnaryTree tree) {
    Value operand = expression(tree.getExpression());
    return switch (tree.getKind()) {
      case UNARY_MINUS ->
          operand.varying()
              ? Value.vector(operand.code() + ".neg()", operand.type())
              : Value.uniform("-" + operand.code(), operand.type());
      case LOGICAL_COMPLEMENT -> Value.vector(operand.code() + ".not()", operand.type());
      default -> throw unsupported(tree);
    };
  }

  private Value binary(BinaryTree tree) {
    Kind kind = tree.getKind();
    Value left = expression(tree.getLeftOperand());
    Value right = expression(tree.getRightOperand());
    if (kind == Kind.CONDITIONAL_AND || kind == Kind.CONDITIONAL_OR) {
      String method = kind == Kind.CONDITIONAL_AND ? "and" : "or";
      return Value.vector("%s.%s(%s)".formatted(left.code(), method, right.code()), left.type());
    }
    if (SHIFTS.containsKey(kind) && left.varying()) {
      return Value.vector(
          "%s.lanewise(%s, %s)".formatted(left.code(), SHIFTS.get(kind), right.code()),
          left.type());
    }
    String type = wider(left.type(), right.type());
    left = coerce(left, type);
    right = coerce(right, type);
    if (!left.varying() && !right.varying()) {
      String operator = tree.toString().substring(tree.getLeftOperand().toString().length());
      operator = operator.strip().split(" ", 2)[0];
      String result = COMPARISONS.containsKey(kind) ? "boolean" : type;
      return Value.uniform(left.code() + " " + operator + " " + right.code(), result);
    }
    if (COMPARISONS.containsKey(kind)) {
      String comparison = COMPARISONS.get(kind);
      if (!left.varying()) {
        Value swap = left;
        left = right;
        right = swap;
        comparison = MIRRORED.get(comparison);
      }
      return Value.vector(
          "%s.compare(%s, %s)".formatted(left.code(), comparison, right.code()),
          type.equals("double") ? "boolean" : "boolean of float");
    }
    String method = ARITHMETIC.get(kind);
    if (method == null) {
      throw unsupported(tree);
    }
    if (!left.varying() && (kind == Kind.PLUS || kind == Kind.MULTIPLY)) {
      Value swap = left;
      left = right;
      right = swap;
    }
    return Value.vector("%s.%s(%s)".formatted(broadcast(left).code(), method, right.code()), type);
  }

  private Value choice(ConditionalExpressionTree tree) {
    Value condition = expression(tree.getCondition());
    Value yes = expression(tree.getTrueExpression());
    Value no = expression(tree.getFalseExpression());
    String type = wider(yes.type(), no.type());
    if (type.equals("int")) {
      type = condition.type().equals("boolean") ? "double" : "float";
    }
    if (!condition.varying()) {
      throw unsupported(tree);
    }
    return Value.vector(
        "%s.blend(%s, %s)"
            .formatted(
                broadcast(coerce(no, type)).code(), coerce(yes, type).code(), condition.code()),
        type);
  }

  private Value cast(TypeCastTree tree) {
    String type = tree.getType().toString();
    Value value = expression(tree.getExpression());
    if (type.equals("float") && value.type().equals("double")) {
      return new Value(value.code(), "rounded double", value.varying());
    }
    if (type.equals("float") && value.type().equals("int") && value.varying()) {
      return Value.vector(
          "((FloatVector) %s.convertShape(I2F, F, 0))".formatted(value.code()), "float");
    }
    if (type.equals("double") && value.type().equals("double")) {
      return value;
    }
    throw unsupported(tree);
  }

  private Value call(MethodInvocationTree tree) {
    String name = tree.getMethodSelect().toString();
    List<Value> arguments = tree.getArguments().stream().map(this::expression).toList();
    switch (name) {
      case "Math.fma" -> {
        return fma(arguments);
      }
      case "Math.abs", "Math.sqrt" -> {
        Value x = arguments.getFirst();
        String method = name.substring("Math.".length());
        return x.varying()
            ? Value.vector("%s.%s()".formatted(x.code(), method), x.type())
            : Value.uniform("%s(%s)".formatted(name, x.code()), x.type());
      }
      case "Double.doubleToRawLongBits" -> {
        return Value.vector(arguments.getFirst().code() + ".reinterpretAsLongs()", "long");
      }
      case "Double.longBitsToDouble" -> {
        return Value.vector(arguments.getFirst().code() + ".reinterpretAsDoubles()", "double");
      }
      case "Float.floatToRawIntBits" -> {
        return Value.vector(arguments.getFirst().code() + ".reinterpretAsInts()", "int");
      }
      case "Float.intBitsToFloat" -> {
        return Value.vector(arguments.getFirst().code() + ".reinterpretAsFloats()", "float");
      }
      default -> {
        int dot = name.indexOf('.');
        return inline(
            dot < 0 ? className : name.substring(0, dot), name.substring(dot + 1), arguments);
      }
    }
  }

  /** Both factors commute: the vector that is called on is whichever varies. */
  private Value fma(List<Value> arguments) {
    String type = arguments.stream().map(Value::type).reduce(ExpressionTranslator::wider).get();
    Value a = coerce(arguments.get(0), type);
    Value b = coerce(arguments.get(1), type);
    Value c = coerce(arguments.get(2), type);
    if (!a.varying() && !b.varying() && !c.varying()) {
      return Value.uniform("Math.fma(%s, %s, %s)".formatted(a.code(), b.code(), c.code()), type);
    }
    if (!a.varying()) {
      Value swap = a;
      a = b;
      b = swap;
    }
    a = broadcast(a);
    if (b.varying() != c.varying()) {
      b = broadcast(b);
      c = broadcast(c);
    }
    return Value.vector("%s.fma(%s, %s)".formatted(a.code(), b.code(), c.code()), type);
  }

  private Value inline(String owner, String name, List<Value> arguments) {
    MethodTree method = sources.method(owner, name);
    final String outerClass = className;
    final Map<String, Value> outerScope = scope;
    final Set<String> outerReassigned = reassigned;
    className = owner;
    scope = new HashMap<>();
    reassigned = reassignedIn(method.getBody());
    for (int i = 0; i < arguments.size(); i++) {
      VariableTree parameter = method.getParameters().get(i);
      String parameterName = parameter.getName().toString();
      Value argument = coerce(arguments.get(i), parameter.getType().toString());
      if (reassigned.contains(parameterName)) {
        argument = store(parameterName, broadcast(argument));
      } else if (!argument.simple()) {
        argument = store(parameterName, argument);
      }
      scope.put(parameterName, argument);
    }
    Value result = null;
    for (StatementTree statement : method.getBody().getStatements()) {
      if (statement instanceof ReturnTree r) {
        result = coerce(expression(r.getExpression()), method.getReturnType().toString());
      } else {
        statement(statement);
      }
    }
    className = outerClass;
    scope = outerScope;
    reassigned = outerReassigned;
    return result.varying() || result.simple()
        ? result
        : Value.uniform("(" + result.code() + ")", result.type());
  }

  private static Set<String> reassignedIn(Tree body) {
    Set<String> found = new HashSet<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitAssignment(AssignmentTree assignment, Void unused) {
        if (assignment.getVariable() instanceof IdentifierTree name) {
          found.add(name.getName().toString());
        }
        return super.visitAssignment(assignment, null);
      }
    }.scan(body, null);
    return found;
  }

  private static Value broadcast(Value value) {
    if (value.varying()) {
      return value;
    }
    String species = value.type().equals("float") ? "F" : "D";
    String vector = value.type().equals("float") ? "FloatVector" : "DoubleVector";
    return Value.vector(
        "%s.broadcast(%s, %s)".formatted(vector, species, value.code()), value.type());
  }

  /** An int among floating-point numbers is one of them; so is a float among doubles. */
  private static Value coerce(Value value, String type) {
    if (value.type().equals("int") && (type.equals("double") || type.equals("float"))) {
      boolean literal = value.code().matches("-?\\d+");
      String suffix = type.equals("double") ? ".0" : "f";
      return Value.uniform(
          literal ? value.code() + suffix : "(%s) %s".formatted(type, value.code()), type);
    }
    if (value.type().equals("float") && type.equals("double") && !value.varying()) {
      return Value.uniform(value.code(), type);
    }
    return value;
  }

  private static String wider(String a, String b) {
    List<String> order = List.of("int", "long", "float", "double");
    return order.indexOf(a) > order.indexOf(b) ? a : b;
  }

  private static IllegalArgumentException unsupported(Tree tree) {
    return new IllegalArgumentException("cannot translate " + tree.getKind() + ": " + tree);
  }

  /** Translates {@code y[yOff + i] = body} for a function of one element. */
  void function(String parameter, Value argument, ExpressionTree body, String arrayType) {
    lane = "i";
    names.addAll(List.of("x", "xOff", "y", "yOff", "n"));
    scope.put(parameter, store("element", argument));
    store(expression(body), arrayType, "y", "yOff + i");
  }

  private void store(Value value, String arrayType, String array, String index) {
    String vector = broadcast(value).code();
    if (arrayType.equals("float[]") && value.type().equals("rounded double")) {
      vector = "((FloatVector) %s.convertShape(D2F, FH, 0))".formatted(vector);
    } else if (!arrayType.equals(value.type() + "[]")) {
      throw new IllegalArgumentException("cannot store %s in %s".formatted(value, arrayType));
    }
    code.add("%s.intoArray(%s, %s);".formatted(vector, array, index));
  }
}
