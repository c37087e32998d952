package dev.nimbus.core.forge;

import dev.nimbus.core.id.Repository;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * A job a forge wants run, with all that policy may ask about it.
 *
 * @param owner who the repository belongs to, by name
 * @param labels as the workflow wrote them
 * @param workflow its file or name
 * @param name of the job within the workflow
 * @param title of what caused it, such as a commit's first line; empty when the forge does not say
 * @param branch it runs on; empty when unknown
 * @param event what caused it, such as {@code push} or {@code pull_request}; empty when unknown
 * @param actor who caused it; empty when unknown
 * @param trust whether strangers had a hand in it
 * @param handle what a runner for it must be given: what pairs it with exactly this job, or the
 *     queue that has the job; empty when any runner with its labels will do
 * @param link where people look at it
 */
public record ForgeJob(
    ForgeJobKey key,
    String owner,
    Repository repository,
    List<String> labels,
    String workflow,
    String name,
    String title,
    String branch,
    String event,
    String actor,
    Trust trust,
    String handle,
    URI link,
    Instant queuedAt) {
  private static final int MAX_LABELS = 100;
  private static final int MAX_TEXT = 500;
  private static final int MAX_ADDRESS = 2_000;

  public ForgeJob {
    labels = labels.stream().map(ForgeJob::cut).toList();
    if (labels.size() > MAX_LABELS) {
      throw new IllegalArgumentException(
          "Job %s asks for %d labels (at most %d)".formatted(key, labels.size(), MAX_LABELS));
    }
    checkLength(key, handle);
    checkLength(key, link.toString());
    owner = cut(owner);
    workflow = cut(workflow);
    name = cut(name);
    title = cut(title);
    branch = cut(branch);
    event = cut(event);
    actor = cut(actor);
  }

  /** Where the code a job runs may come from. */
  public enum Trust {
    /** Somebody who may write to the repository. */
    MEMBER,
    /** A fork of somebody who may not. */
    FORK,
    /** The forge did not say. */
    UNKNOWN
  }

  /** What would mean something else when cut. */
  private static void checkLength(ForgeJobKey key, String address) {
    if (address.length() > MAX_ADDRESS) {
      throw new IllegalArgumentException(
          "Job %s has a handle or link of %d characters (at most %d)"
              .formatted(key, address.length(), MAX_ADDRESS));
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}
