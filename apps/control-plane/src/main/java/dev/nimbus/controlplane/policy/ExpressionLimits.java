package dev.nimbus.controlplane.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;

/**
 * What the library does not bound: what is walked, and what a regular expression is made of. Were a
 * list of the expression's own walked, its items could double with every level of nesting.
 */
final class ExpressionLimits {
  private static final String MATCHES = "matches";

  private ExpressionLimits() {}

  /** An {@link IllegalArgumentException} says what is beyond them. */
  static void check(CelAbstractSyntaxTree tree) {
    CelNavigableAst.fromAst(tree).getRoot().allNodes().forEach(node -> check(tree, node));
  }

  private static void check(CelAbstractSyntaxTree tree, CelNavigableExpr node) {
    var expression = node.expr();
    if (node.getKind() == Kind.COMPREHENSION
        && !ofLabels(tree, expression.comprehension().iterRange())) {
      throw new IllegalArgumentException("it walks something else than " + Variable.LABELS.word());
    }
    if (node.getKind() == Kind.CALL && expression.call().function().equals(MATCHES)) {
      node.children().reduce((_, last) -> last).ifPresent(last -> checkPattern(last.expr()));
    }
  }

  /** The labels, or those a filter left of them. */
  private static boolean ofLabels(CelAbstractSyntaxTree tree, CelExpr range) {
    if (range.getKind() == Kind.COMPREHENSION) {
      return range.comprehension().accuInit().getKind() == Kind.LIST;
    }
    return tree.getReference(range.id())
        .map(reference -> reference.name().equals(Variable.LABELS.word()))
        .orElse(false);
  }

  private static void checkPattern(CelExpr pattern) {
    if (pattern.getKind() != Kind.CONSTANT
        || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      throw new IllegalArgumentException("'matches' wants a regular expression in quotes");
    }
    var _ = SafePattern.compile(pattern.constant().stringValue(), 0);
  }
}
