package dev.nimbus.logpipeline.follow;

import dev.nimbus.core.id.JobId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.log.Found;
import dev.nimbus.core.log.Line;
import dev.nimbus.core.log.LogQuery;
import dev.nimbus.core.log.LogStore;
import dev.nimbus.core.log.Position;
import dev.nimbus.service.http.Response;
import dev.nimbus.service.http.Response.EventSink;
import java.io.IOException;
import java.time.Duration;

/**
 * A job's log as one follower sees it: what is there, then what comes. Holds nothing between reads
 * but a position, so a follower that stalls costs its connection and one page of lines.
 */
public final class FollowedLog {
  private static final int PAGE = 500;

  /** A busy log is read this often at most; a quiet one as soon as there is a line. */
  private static final Duration PACE = Duration.ofMillis(20);

  /** How long a lost wake-up could go unnoticed. */
  private static final Duration LOOK_ANYWAY = Duration.ofSeconds(10);

  private final LogStore store;
  private final OrgId org;
  private final JobId job;
  private Position after;

  public FollowedLog(LogStore store, OrgId org, JobId job, Position after) {
    this.store = store;
    this.org = org;
    this.job = job;
    this.after = after;
  }

  /** Passes lines on until the follower is gone or the service ends. */
  public void copy(Watch watch, EventSink sink, Wire wire)
      throws IOException, InterruptedException {
    sink.onClose(watch::wake);
    while (!sink.closed()) {
      var mark = watch.mark();
      var found = store.read(org, LogQuery.of(job, after, PAGE));
      if (!found.lines().isEmpty()) {
        sink.sendAll(found.lines().stream().map(line -> event(line, wire)).toList());
        after = found.lines().getLast().position();
      }
      if (found.rest() instanceof Found.Rest.Nothing && sink.pause(PACE)) {
        watch.await(mark, LOOK_ANYWAY);
      }
    }
  }

  private static Response.Event event(Line line, Wire wire) {
    return new Response.Event("line", line.position().toString(), wire.body(line));
  }

  /** How a line looks to the follower. */
  public interface Wire {
    Object body(Line line);
  }
}
