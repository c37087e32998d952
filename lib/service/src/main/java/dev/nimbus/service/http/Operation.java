package dev.nimbus.service.http;

import dev.nimbus.core.error.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a route promises to whoever calls it. Told once, with the route: the kernel holds the
 * handler to what it takes, and the API document shows it all.
 *
 * @param id names it for programs; empty for a route that promises nothing
 * @param refusals kinds of failure that callers must expect, beside those every route has
 */
public record Operation(
    String id,
    String summary,
    Body body,
    List<Parameter<?>> parameters,
    List<Answer> answers,
    Set<Kind> refusals) {
  static final Operation UNTOLD =
      new Operation("", "", new Body.None(), List.of(), List.of(), Set.of());

  public Operation {
    parameters = List.copyOf(parameters);
    answers = List.copyOf(answers);
    refusals = Set.copyOf(refusals);
  }

  Operation named(String other, String text) {
    return new Operation(other, text, body, parameters, answers, refusals);
  }

  Operation taking(Body other) {
    return new Operation(id, summary, other, parameters, answers, refusals);
  }

  Operation asking(List<Parameter<?>> more) {
    return new Operation(id, summary, body, joined(parameters, more), answers, refusals);
  }

  Operation answering(Answer more) {
    return new Operation(id, summary, body, parameters, joined(answers, List.of(more)), refusals);
  }

  Operation refusing(List<Kind> more) {
    var all = EnumSet.noneOf(Kind.class);
    all.addAll(refusals);
    all.addAll(more);
    return new Operation(id, summary, body, parameters, answers, all);
  }

  private static <E> List<E> joined(List<E> some, List<? extends E> more) {
    var all = new ArrayList<E>(some);
    all.addAll(more);
    return all;
  }
}
