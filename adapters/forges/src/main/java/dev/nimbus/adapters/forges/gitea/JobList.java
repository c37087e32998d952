package dev.nimbus.adapters.forges.gitea;

import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.adapters.forges.kin.NumberedPages;
import dev.nimbus.adapters.forges.kin.NumberedPages.Page;
import java.util.List;

/** The jobs Gitea lists. */
final class JobList {
  /** Below a scope, where the list is. */
  static final String PATH = "/actions/jobs?status=";

  private final NumberedPages pages;

  JobList(ForgeApi api) {
    this.pages = new NumberedPages(api);
  }

  List<Wire.Job> of(String scope, String status, Purpose purpose) {
    return pages.all(scope + PATH + status, purpose, JobList::page).stream()
        .filter(job -> status.equals(job.status()) && Jobs.readable(job))
        .toList();
  }

  private static Page<Wire.Job> page(Reply reply) {
    var page = reply.json(Wire.Jobs.class);
    var jobs = page.jobs() == null ? page.workflowJobs() : page.jobs();
    return new Page<>(
        Texts.<Wire.Job>all(jobs), page.totalCount() == null ? Long.MAX_VALUE : page.totalCount());
  }
}
