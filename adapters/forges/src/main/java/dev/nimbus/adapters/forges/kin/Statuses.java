package dev.nimbus.adapters.forges.kin;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.core.forge.ForgeJob;
import java.util.regex.Pattern;

/** Says at a commit why a job of it is not served; a later word takes the place of an earlier. */
public final class Statuses {
  private static final int LONGEST_WHY = 250;
  private static final int LONGEST_CONTEXT = 100;
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40,64}");

  private final ForgeApi api;

  public Statuses(ForgeApi api) {
    this.api = api;
  }

  /** False when there is no such commit, or the token may not say anything about it. */
  public boolean set(ForgeJob job, String commit, String why) {
    if (!COMMIT.matcher(commit).matches()) {
      return false;
    }
    var status =
        new Status(
            "error",
            job.link().toString(),
            cut(why, LONGEST_WHY),
            cut("nimbus / " + job.name(), LONGEST_CONTEXT));
    var path = Scopes.repository(job.repository()) + "/statuses/" + commit;
    var reply = api.send(Call.post(path, status, Purpose.CHECK));
    return switch (reply.status()) {
      case 400, 403, 404, 422 -> false;
      default -> {
        if (!reply.ok()) {
          throw reply.refusal("set a status of '" + job.repository() + "'");
        }
        yield true;
      }
    };
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }

  record Status(String state, String targetUrl, String description, String context) {}
}
