package dev.nimbus.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Webhooks as GitHub announces jobs: as long as real ones, each about another job, and signed. For
 * one thread.
 */
final class SignedWebhook {
  static final String SECRET = HexFormat.of().formatHex(new SecureRandom().generateSeed(32));

  /** Every address GitHub tells of a repository, which is most of what it sends. */
  private static final List<String> ADDRESSES =
      List.of(
          "archive",
          "assignees",
          "blobs",
          "branches",
          "collaborators",
          "comments",
          "commits",
          "compare",
          "contents",
          "contributors",
          "deployments",
          "downloads",
          "events",
          "forks",
          "git_commits",
          "git_refs",
          "git_tags",
          "git",
          "hooks",
          "issue_comment",
          "issue_events",
          "issues",
          "keys",
          "labels",
          "languages",
          "merges",
          "milestones",
          "mirror",
          "notifications",
          "pulls",
          "releases",
          "ssh",
          "stargazers",
          "statuses",
          "subscribers",
          "subscription",
          "svn",
          "tags",
          "teams",
          "trees",
          "clone",
          "html",
          "url",
          "followers",
          "following",
          "gists",
          "starred",
          "organizations",
          "repos",
          "received_events",
          "avatar",
          "members",
          "public_members");

  private final Mac mac;
  private final byte[] body;
  private final int idAt;

  SignedWebhook() throws GeneralSecurityException {
    mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    var text = text();
    body = text.getBytes(StandardCharsets.UTF_8);
    idAt = text.indexOf("1000000000000000");
  }

  /** The body about a job; the same array, changed, at every call. */
  byte[] about(long number) {
    var id = Long.toString(1_000_000_000_000_000L + number).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(id, 0, body, idAt, id.length);
    return body;
  }

  /** The headers GitHub sends with it. */
  String headers(long number) {
    return "X-GitHub-Event: workflow_job\r\nX-GitHub-Delivery: d-%d\r\nX-Hub-Signature-256: sha256=%s\r\n"
        .formatted(number, HexFormat.of().formatHex(mac.doFinal(body)));
  }

  private static String text() {
    return """
        {"action":"queued","workflow_job":{"id":1000000000000000,"run_id":29679449526,
        "workflow_name":"build","head_branch":"main","run_url":"https://api.github.com/repos/acme/shop/actions/runs/29679449526",
        "run_attempt":1,"node_id":"MDg6Q2hlY2tSdW4yODMyODUzNTU1","head_sha":"e3103f8eb03e1ad7f2331c5446b23c070fc54055",
        "url":"https://api.github.com/repos/acme/shop/actions/jobs/2832853555",
        "html_url":"https://github.com/acme/shop/runs/2832853555","status":"queued","conclusion":null,
        "created_at":"2026-11-25T03:00:00Z","started_at":"2026-11-25T03:00:00Z","completed_at":null,
        "name":"test","steps":[],"check_run_url":"https://api.github.com/repos/acme/shop/check-runs/2832853555",
        "labels":["nimbus","linux"],"runner_id":0,"runner_name":"","runner_group_id":0,"runner_group_name":""},
        "repository":{"id":186853002,"name":"shop","full_name":"acme/shop","private":true,
        "owner":{"login":"acme","id":21031067,%s,"type":"Organization"},%s},
        "organization":{"login":"acme","id":33435682,%s},"sender":{"login":"a-person","id":21031067,%s}}
        """
        .formatted(
            addresses("users/acme", 20),
            addresses("repos/acme/shop", ADDRESSES.size()),
            addresses("orgs/acme", 15),
            addresses("users/a-person", 20));
  }

  private static String addresses(String of, int count) {
    var all = new ArrayList<String>();
    for (var name : ADDRESSES.subList(0, count)) {
      all.add("\"%s_url\":\"https://api.github.com/%s/%s{/other}\"".formatted(name, of, name));
    }
    return String.join(",", all);
  }
}
