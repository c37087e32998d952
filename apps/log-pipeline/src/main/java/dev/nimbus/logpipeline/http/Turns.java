package dev.nimbus.logpipeline.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds how many batches of one job are in memory at a time. An attempt ships one after another,
 * so a few are enough; a job that floods is told to wait, and no other notices.
 */
final class Turns {
  private static final int PER_JOB = 4;

  private final Map<Key, Integer> taken = new ConcurrentHashMap<>();

  Turn take(OrgId org, JobId job) {
    var key = new Key(org, job);
    if (taken.merge(key, 1, Integer::sum) > PER_JOB) {
      giveBack(key);
      throw new NimbusException(
          Kind.EXHAUSTED,
          "Cannot take lines of job '%s': %d batches of it are being stored"
              .formatted(job, PER_JOB));
    }
    return () -> giveBack(key);
  }

  private void giveBack(Key key) {
    taken.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
  }

  private record Key(OrgId org, JobId job) {}

  interface Turn extends AutoCloseable {
    @Override
    void close();
  }
}
