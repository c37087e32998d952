package dev.nimbus.service.token;

import dev.nimbus.core.id.Fence;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import java.util.Optional;
import java.util.Set;

/**
 * Who is calling, as its token proved.
 *
 * @param org the tenant the caller belongs to
 * @param everyOrg whether it may name another tenant
 * @param scopes what it may do; {@code *} is everything its audience may
 * @param binding the lease the token was made for, if any
 */
public record Principal(
    OrgId org,
    boolean everyOrg,
    Audience audience,
    String subject,
    Set<String> scopes,
    Binding binding) {
  public Principal {
    if (subject.isEmpty() || subject.length() > 200) {
      throw new IllegalArgumentException("Not a subject: '" + subject + "' (1 to 200 characters)");
    }
    scopes = Set.copyOf(scopes);
  }

  /** A caller that is not bound to a job. */
  public static Principal of(OrgId org, Audience audience, String subject, Set<String> scopes) {
    return new Principal(org, false, audience, subject, scopes, new Unbound());
  }

  /** A caller that acts for one job under one lease. */
  public static Principal ofJob(OrgId org, String subject, Set<String> scopes, Job job) {
    return new Principal(org, false, Audience.JOB, subject, scopes, job);
  }

  /** The same caller, allowed to name any tenant. */
  public Principal forEveryOrg() {
    return new Principal(org, true, audience, subject, scopes, binding);
  }

  public boolean allows(String scope) {
    return scope.isEmpty() || scopes.contains(scope) || scopes.contains("*");
  }

  public Optional<Job> job() {
    return binding instanceof Job job ? Optional.of(job) : Optional.empty();
  }

  /** What a token is tied to. */
  public sealed interface Binding {}

  /** Nothing but its subject. */
  public record Unbound() implements Binding {}

  /** One job, under one fence. */
  public record Job(JobId job, Fence fence, Repository repository) implements Binding {}
}
