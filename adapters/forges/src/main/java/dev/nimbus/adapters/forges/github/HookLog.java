package dev.nimbus.adapters.forges.github;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.ForgeApi;
import dev.nimbus.adapters.forges.http.Pages;
import dev.nimbus.core.check.Finding;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What GitHub remembers of the webhooks it sent. It never repeats one by itself.
 *
 * @param path of the hook, such as {@code /app/hook}
 */
record HookLog(ForgeApi api, URI base, String path) {
  private static final int MOST_ATTEMPTS = 4;

  /**
   * Webhooks about jobs sent since an instant that never arrived, by their latest attempt, oldest
   * first; without those that were tried often enough.
   */
  List<Long> lost(Instant since) {
    var attempts = new LinkedHashMap<String, List<Wire.HookDelivery>>();
    new Pages(api, base)
        .each(
            Call.get(path + "/deliveries?per_page=100", Purpose.POLL),
            reply -> {
              if (reply.status() == 404) {
                return false; // There is no webhook, and so nothing is lost.
              }
              if (!reply.ok()) {
                throw reply.refusal("list the deliveries of " + path);
              }
              var page = List.of(reply.json(Wire.HookDelivery[].class));
              page.forEach(
                  one ->
                      attempts
                          .computeIfAbsent(Wire.text(one.guid()), _ -> new ArrayList<>())
                          .add(one));
              return page.stream().noneMatch(one -> before(one, since));
            });
    return lost(attempts, since);
  }

  private static List<Long> lost(Map<String, List<Wire.HookDelivery>> attempts, Instant since) {
    return attempts.values().stream()
        .filter(of -> of.size() < MOST_ATTEMPTS)
        .filter(of -> of.stream().noneMatch(HookLog::arrived))
        .map(List::getFirst)
        .filter(one -> "workflow_job".equals(one.event()) && one.id() != null)
        .filter(one -> !before(one, since))
        .map(one -> one.id() == null ? 0L : one.id())
        .toList()
        .reversed();
  }

  /** Has one sent again; false when GitHub does not take that back any more. */
  boolean again(long id) {
    var address = path + "/deliveries/" + id + "/attempts";
    return api.send(new Call("POST", address, Map.of(), Optional.empty(), Purpose.CHECK)).ok();
  }

  /** Whether the latest webhooks arrived. */
  Finding arriving(String what) {
    var reply = api.send(Call.get(path + "/deliveries?per_page=30", Purpose.CHECK));
    if (!reply.ok()) {
      throw reply.refusal("list the deliveries of " + path);
    }
    var latest = List.of(reply.json(Wire.HookDelivery[].class));
    var lost = latest.stream().filter(one -> !arrived(one)).count();
    return lost * 2 <= latest.size()
        ? Finding.fine(what)
        : Finding.wrong(
            what,
            "%d of the last %d webhooks did not arrive; see the webhook's recent deliveries"
                .formatted(lost, latest.size()));
  }

  private static boolean arrived(Wire.HookDelivery delivery) {
    return delivery.statusCode() != null
        && delivery.statusCode() >= 200
        && delivery.statusCode() < 300;
  }

  private static boolean before(Wire.HookDelivery delivery, Instant since) {
    return Jobs.time(delivery.deliveredAt(), since).isBefore(since);
  }
}
