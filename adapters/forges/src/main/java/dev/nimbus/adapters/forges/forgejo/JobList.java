package dev.nimbus.adapters.forges.forgejo;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.adapters.forges.kin.NumberedPages;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The jobs that wait or run. Forgejo 13 lists those only all of whose labels it is told; later ones
 * list all when they are told none.
 */
final class JobList {
  private final ForgeApi api;
  private final String path;

  /**
   * @param labels to be told; empty for none
   */
  JobList(ForgeApi api, List<String> labels) {
    this.api = api;
    this.path = path(labels);
  }

  /** Below a scope, where the list is. */
  static String path(List<String> labels) {
    var query = labels.isEmpty() ? "" : "?labels=" + Call.segment(String.join(",", labels));
    return "/actions/runners/jobs" + query;
  }

  List<Wire.Job> of(String scope, Purpose purpose) {
    var reply = NumberedPages.fine(api.send(Call.get(scope + path, purpose)), scope + path);
    return none(reply) ? List.of() : List.of(reply.json(Wire.Job[].class));
  }

  /** Forgejo writes an empty list as {@code null}. */
  private static boolean none(Reply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8).strip().equals("null");
  }
}
