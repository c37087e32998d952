package dev.nimbus.adapters.forges.gitlab;

import dev.nimbus.adapters.forges.http.Call;
import dev.nimbus.adapters.forges.http.Call.Purpose;
import dev.nimbus.adapters.forges.http.Texts;
import dev.nimbus.core.check.Finding;
import dev.nimbus.core.id.Repository;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the webhooks to a Nimbus that can be seen. None may be: an instance has its own, not
 * every edition has those of groups, and without any the same jobs are found later.
 */
final class HookCheck {
  private static final String OURS = "/webhooks/gitlab";
  private static final String SENDING = "executable";

  private final Listing listing;
  private final Settings settings;

  HookCheck(Listing listing, Settings settings) {
    this.listing = listing;
    this.settings = settings;
  }

  /**
   * What there is to say of those of the owner and of one of its projects.
   *
   * @param project such as every other
   */
  List<Finding> findings(Optional<Repository> project) {
    var group = "/v4/groups/" + Call.segment(settings.owner());
    var ofGroup = settings.owner().isEmpty() ? List.<Finding>of() : hooks(group);
    return ofGroup.isEmpty()
        ? project.map(one -> hooks(Projects.path(one))).orElse(List.of())
        : ofGroup;
  }

  private List<Finding> hooks(String of) {
    return listing.seen(of + "/hooks?per_page=100", Purpose.CHECK, Wire.Hook[].class).stream()
        .flatMap(List::stream)
        .filter(hook -> Texts.text(hook.url()).contains(OURS))
        .map(HookCheck::finding)
        .toList();
  }

  private static Finding finding(Wire.Hook hook) {
    var what = "webhook %d tells of jobs".formatted(hook.id() == null ? 0 : hook.id());
    if (!Boolean.TRUE.equals(hook.jobEvents())) {
      return Finding.wrong(what, "let it be triggered by job events");
    }
    if (Boolean.FALSE.equals(hook.enableSslVerification())
        && Texts.text(hook.url()).startsWith("https:")) {
      return Finding.wrong(what, "let it verify certificates");
    }
    var state = Texts.text(hook.alertStatus());
    return state.isEmpty() || state.equals(SENDING)
        ? Finding.fine(what)
        : Finding.wrong(
            what,
            "GitLab says it is '%s', for its last deliveries failed; see that it reaches Nimbus, and"
                    .formatted(state)
                + " send a test from its page");
  }
}
