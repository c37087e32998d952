package dev.nimbus.core.policy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.job.AskedLabels;
import java.util.List;
import java.util.Locale;

/**
 * What policy looks at of one job, read once.
 *
 * @param labels as they are compared: stripped and in lower case
 * @param asked what the labels ask for
 */
public record Facts(
    OrgId org, ForgeJob job, List<String> labels, AskedLabels asked, Origin origin) {
  /** Shorter than what a job keeps of a label, so that none is judged by a part of it. */
  private static final int MAX_LABEL = 400;

  public Facts {
    labels = List.copyOf(labels);
  }

  /** Reads a job; labels that cannot be read are {@code INVALID}. */
  public static Facts of(OrgId org, ForgeJob job) {
    var labels = job.labels().stream().map(Facts::plain).toList();
    return new Facts(org, job, labels, AskedLabels.read(job.labels()), Origin.of(job));
  }

  private static String plain(String label) {
    if (label.length() > MAX_LABEL) {
      throw new NimbusException(
          Kind.INVALID,
          "A label of %d characters (at most %d): '%s…'"
              .formatted(label.length(), MAX_LABEL, label.substring(0, 20)));
    }
    return label.strip().toLowerCase(Locale.ROOT);
  }
}
