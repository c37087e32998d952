package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.core.forge.ForgeJob;
import java.util.regex.Pattern;

/** Says in the pipeline of a job, beside it, why the job is not served. */
final class Statuses {
  private static final int LONGEST_WHY = 250;
  private static final int LONGEST_NAME = 200;
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40,64}");
  private static final String SAID = "Cannot transition status";

  private final ForgeApi api;
  private final Demand demand;

  Statuses(ForgeApi api, Demand demand) {
    this.api = api;
    this.demand = demand;
  }

  /** False when the job is gone, or the token may not say anything about it. */
  boolean giveUp(ForgeJob job, String why) {
    var asked = demand.one(job.key(), job.repository());
    return done(asked) && say(job, asked.json(Wire.Job.class), why);
  }

  private boolean say(ForgeJob job, Wire.Job found, String why) {
    var pipeline = found.pipeline();
    var commit = pipeline == null ? "" : Texts.text(pipeline.sha());
    if (pipeline == null || !COMMIT.matcher(commit).matches()) {
      return false;
    }
    var status =
        new Wire.Status(
            "failed",
            cut("nimbus / " + job.name(), LONGEST_NAME),
            cut(why, LONGEST_WHY),
            job.link().toString(),
            pipeline.id());
    var path = Projects.path(job.repository()) + "/statuses/" + commit;
    return done(api.send(Call.post(path, status, Purpose.CHECK)));
  }

  /** A status that was set before cannot be set to the same again. */
  private static boolean done(Reply reply) {
    return switch (reply.status()) {
      case 400 -> reply.told().contains(SAID);
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
