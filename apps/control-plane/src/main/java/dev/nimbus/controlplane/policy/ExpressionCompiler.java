package dev.nimbus.controlplane.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.nimbus.service.config.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes expressions of the Common Expression Language that take bounded time and memory, whatever a
 * job says: short, without {@code map}, walking only the labels, a bounded number of times, and
 * with regular expressions that are known when they are written.
 */
final class ExpressionCompiler {
  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_NODES = 500;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_ITERATIONS = 1_000;
  private static final int MAX_REGEX = 3_000;
  private static final Pattern NAMED = Pattern.compile("\\bjob\\.[a-z_]+\\b(?!\\()");
  private static final List<String> NAMES =
      Arrays.stream(Variable.values()).map(Variable::word).toList();

  /** Made when the first rule has an expression: half a second and 1,600 classes. */
  static final ExpressionCompiler SHARED = make();

  private final CelCompiler compiler;
  private final CelRuntime runtime;

  private ExpressionCompiler(CelCompiler compiler, CelRuntime runtime) {
    this.compiler = compiler;
    this.runtime = runtime;
  }

  private static ExpressionCompiler make() {
    var options =
        CelOptions.current()
            .maxExpressionCodePointSize(MAX_LENGTH)
            .maxParseExpressionNodeCount(MAX_NODES)
            .maxParseRecursionDepth(MAX_DEPTH)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .maxRegexProgramSize(MAX_REGEX)
            .enableHeterogeneousNumericComparisons(true)
            .build();
    var compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(options)
            .setStandardMacros(
                CelStandardMacro.HAS,
                CelStandardMacro.ALL,
                CelStandardMacro.EXISTS,
                CelStandardMacro.EXISTS_ONE,
                CelStandardMacro.FILTER)
            .setResultType(SimpleType.BOOL);
    for (var variable : Variable.values()) {
      compiler.addVar(variable.word(), type(variable));
    }
    var runtime = CelRuntimeFactory.plannerRuntimeBuilder().setOptions(options).build();
    return new ExpressionCompiler(compiler.build(), runtime);
  }

  /** Compiles; what is wrong is an {@link IllegalArgumentException} fit to be shown. */
  Expression compile(String text) {
    try {
      var tree = compiler.compile(text).getAst();
      ExpressionLimits.check(tree);
      return new Expression(text, runtime.createProgram(tree), variables(tree));
    } catch (CelValidationException e) {
      throw new IllegalArgumentException("it is not an expression: " + why(text, e), e);
    } catch (CelEvaluationException e) {
      throw new IllegalArgumentException("it is not an expression: " + firstLine(e), e);
    }
  }

  private static List<Variable> variables(CelAbstractSyntaxTree tree) {
    var named =
        CelNavigableAst.fromAst(tree)
            .getRoot()
            .allNodes()
            .flatMap(node -> tree.getReference(node.id()).stream())
            .map(reference -> reference.name())
            .collect(Collectors.toSet());
    return Stream.of(Variable.values()).filter(known -> named.contains(known.word())).toList();
  }

  private static CelType type(Variable variable) {
    return switch (variable) {
      case LABELS -> ListType.create(SimpleType.STRING);
      case CPUS -> SimpleType.DOUBLE;
      case MEMORY_BYTES, ATTEMPT -> SimpleType.INT;
      case QUEUED_AT -> SimpleType.TIMESTAMP;
      case ORG, REPOSITORY, OWNER, WORKFLOW, NAME, TITLE, BRANCH, EVENT, ACTOR, TRUST, IMAGE ->
          SimpleType.STRING;
    };
  }

  /** The compiler only says that there is no {@code job} when there is no such part of one. */
  private static String why(String text, CelValidationException e) {
    return unknown(text)
        .map(name -> "there is no '" + name + "'" + Nearest.hint(name, NAMES))
        .orElseGet(() -> firstLine(e));
  }

  private static Optional<String> unknown(String text) {
    return NAMED
        .matcher(text)
        .results()
        .map(found -> found.group())
        .filter(name -> !NAMES.contains(name))
        .findFirst();
  }

  private static String firstLine(Exception e) {
    var line = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason is given");
    return line.replaceFirst("^(?:ERROR|evaluation error): ", "")
        .replaceFirst("^<input>:\\d+:", "at ");
  }
}
