package dev.nimbus.core.policy;

import dev.nimbus.core.id.OrgId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which jobs are meant, and what becomes of them.
 *
 * @param orgs the tenants it is for; empty for all
 * @param conditions all of which must hold; none means every job
 * @param message said instead of a sentence made of the conditions; empty for that
 */
public record Rule(
    String id,
    List<OrgId> orgs,
    List<Condition> conditions,
    Action action,
    Mode mode,
    String message) {
  public Rule {
    orgs = List.copyOf(orgs);
    conditions = List.copyOf(conditions);
  }

  /** What becomes of a job. */
  public sealed interface Action {
    record Deny() implements Action {}

    /** It may only run where these labels are. */
    record Isolate(List<String> pool) implements Action {
      public Isolate {
        pool = List.copyOf(pool);
      }
    }
  }

  /** Whether a rule counts. */
  public enum Mode {
    ENFORCE,
    /** What it would do is recorded and not done. */
    SHADOW
  }

  /** What a rule says of a job. */
  sealed interface Verdict {
    record Silent() implements Verdict {}

    record Bites(String why) implements Verdict {}

    /** It cannot be said whether the job is meant. */
    record Undecided(String why) implements Verdict {}
  }

  boolean concerns(OrgId org) {
    return orgs.isEmpty() || orgs.contains(org);
  }

  Verdict of(Facts facts) {
    var held = new ArrayList<String>();
    for (var condition : conditions) {
      switch (condition.of(facts)) {
        case Condition.Answer.Holds(var words) -> held.add(words);
        case Condition.Answer.Misses _ -> {
          return new Verdict.Silent();
        }
        case Condition.Answer.Broken(var why) -> {
          return new Verdict.Undecided("rule '%s' cannot be decided: %s".formatted(id, why));
        }
      }
    }
    return new Verdict.Bites(
        message.isEmpty() ? "rule '" + id + "' " + verb() + jobs(held) : message);
  }

  /** The rule as a sentence. */
  public String sentence() {
    var text = verb() + jobs(conditions.stream().map(Condition::words).toList());
    return (mode == Mode.SHADOW ? "Only recorded: " + text : capital(text)) + tenants() + ".";
  }

  private String verb() {
    return switch (action) {
      case Action.Deny _ -> "denies ";
      case Action.Isolate(var pool) ->
          "allows only hosts labelled " + String.join(", ", pool) + " for ";
    };
  }

  private static String jobs(List<String> which) {
    return which.isEmpty() ? "every job" : "jobs " + String.join(", ", which);
  }

  private String tenants() {
    return orgs.isEmpty()
        ? ""
        : orgs.stream().map(OrgId::value).collect(Collectors.joining(", ", " (tenants: ", ")"));
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
