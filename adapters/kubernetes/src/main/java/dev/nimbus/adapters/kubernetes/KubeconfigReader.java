package dev.nimbus.adapters.kubernetes;

import dev.nimbus.adapters.kubernetes.Access.Proof;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;

/**
 * Reads a kubeconfig that somebody else wrote. What it says is taken as it is: it may name neither
 * programs to run nor files to read, for they would be those of the control plane's machine.
 */
final class KubeconfigReader {
  private static final int LONGEST = 64 * 1024;
  private static final int DEEPEST = 16;
  private static final Access NONE = new Access("", "", new Proof.Token(""));

  private final List<String> problems;

  KubeconfigReader(List<String> problems) {
    this.problems = problems;
  }

  Access read(String text) {
    try {
      if (text.length() > LONGEST) {
        return wrong("is longer than %d characters".formatted(LONGEST));
      }
      if (!plain(text)) {
        return wrong("has aliases, or is nested more than %d deep".formatted(DEEPEST));
      }
      var config = new KubernetesSerialization().unmarshal(text, Config.class);
      return config == null ? wrong("is empty") : read(config);
    } catch (RuntimeException _) {
      // Neither its message nor its cause is passed on: both repeat parts of the text.
      return wrong("is not a kubeconfig in YAML");
    }
  }

  /** Whether no part of it stands for another, and none is deeper than any kubeconfig. */
  private static boolean plain(String text) {
    var depth = 0;
    for (var event : new Parse(LoadSettings.builder().build()).parseString(text)) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        case Alias -> depth = DEEPEST + 1;
        default -> {}
      }
      if (depth > DEEPEST) {
        return false;
      }
    }
    return true;
  }

  private Access read(Config config) {
    var context =
        config.getContexts().stream()
            .filter(one -> Objects.equals(one.getName(), config.getCurrentContext()))
            .map(NamedContext::getContext)
            .findFirst();
    if (context.isEmpty()) {
      return wrong("names no current-context that it has");
    }
    var cluster =
        config.getClusters().stream()
            .filter(one -> Objects.equals(one.getName(), context.get().getCluster()))
            .map(NamedCluster::getCluster)
            .findFirst();
    var user =
        config.getUsers().stream()
            .filter(one -> Objects.equals(one.getName(), context.get().getUser()))
            .map(NamedAuthInfo::getUser)
            .findFirst();
    if (cluster.isEmpty() || user.isEmpty()) {
      return wrong("lacks the cluster or the user of its current-context");
    }
    check(cluster.get());
    check(user.get());
    return new Access(
        text(cluster.get().getServer()),
        decoded(text(cluster.get().getCertificateAuthorityData())),
        new Proof.Token(text(user.get().getToken())));
  }

  private void check(Cluster cluster) {
    if (text(cluster.getServer()).isEmpty()) {
      wrong("has no server");
    }
    if (!text(cluster.getCertificateAuthority()).isEmpty()) {
      wrong("names the file of an authority: put certificate-authority-data");
    }
    if (Boolean.TRUE.equals(cluster.getInsecureSkipTlsVerify())) {
      wrong("says insecure-skip-tls-verify: put certificate-authority-data");
    }
    if (!text(cluster.getProxyUrl()).isEmpty() || !text(cluster.getTlsServerName()).isEmpty()) {
      wrong("says proxy-url or tls-server-name, which are not followed");
    }
  }

  private void check(AuthInfo user) {
    if (user.getExec() != null || user.getAuthProvider() != null) {
      wrong("wants a program to be run for a token (exec, auth-provider): put a token");
    }
    if (!text(user.getTokenFile()).isEmpty()
        || !text(user.getClientCertificate()).isEmpty()
        || !text(user.getClientKey()).isEmpty()) {
      wrong("names a file of its user: put a token");
    }
    if (!text(user.getClientCertificateData()).isEmpty() || !text(user.getUsername()).isEmpty()) {
      wrong("proves its user by a certificate or password: put a service account's token");
    }
    if (!text(user.getAs()).isEmpty() || !text(user.getAsUid()).isEmpty()) {
      wrong("wants to be another user (as): give that one the role instead");
    }
    if (text(user.getToken()).isEmpty()) {
      wrong("has no token");
    }
  }

  private String decoded(String base64) {
    try {
      return new String(
          Base64.getDecoder().decode(base64.replaceAll("\\s", "")), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException _) {
      wrong("has certificate-authority-data that is not base64");
      return "";
    }
  }

  private Access wrong(String what) {
    problems.add("secret 'kubeconfig' " + what);
    return NONE;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value.strip();
  }
}
