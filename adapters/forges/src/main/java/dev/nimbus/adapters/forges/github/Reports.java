package dev.nimbus.adapters.forges.github;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.core.forge.ForgeJob;

/**
 * Says at a commit why a job of it is not served: as a commit status, which Apps and tokens alike
 * may set, and of which a later one with the same context takes the place of an earlier one.
 */
final class Reports {
  private static final int LONGEST_WHY = 140;
  private static final int LONGEST_CONTEXT = 100;

  private final ForgeApi api;
  private final KnownRuns runs;

  Reports(ForgeApi api, KnownRuns runs) {
    this.api = api;
    this.runs = runs;
  }

  /** False when the job is gone, or the credential may not set statuses. */
  boolean giveUp(ForgeJob job, String why) {
    if (!job.handle().isEmpty()) {
      var commit = runs.commit(job.key(), job.repository());
      if (commit.isPresent()) {
        return say(job, commit.get(), why);
      }
    }
    var asked = api.send(Demand.job(job.key(), job.repository()));
    return told(asked) && say(job, Wire.text(asked.json(Wire.Job.class).headSha()), why);
  }

  private boolean say(ForgeJob job, String commit, String why) {
    if (!commit.matches("[0-9a-f]{40,64}")) {
      return false;
    }
    var status =
        new Wire.Status(
            "error",
            job.link().toString(),
            cut(why, LONGEST_WHY),
            cut("nimbus / " + job.name(), LONGEST_CONTEXT));
    var path = "/repos/%s/statuses/%s".formatted(job.repository(), commit);
    return told(api.send(Call.post(path, status, Purpose.CHECK)));
  }

  /** Whether GitHub did as asked; a refusal means that it has no way for this credential. */
  private static boolean told(Reply reply) {
    return switch (reply.status()) {
      case 403, 404, 422 -> false;
      default -> {
        if (!reply.ok()) {
          throw reply.refusal("say why a job is given up");
        }
        yield true;
      }
    };
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }
}
