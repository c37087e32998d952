package dev.nimbus.adapters.kubernetes;

import dev.nimbus.adapters.kubernetes.Access.Proof;
import dev.nimbus.core.provider.ProviderAccount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads by what an account is used: a kubeconfig, a token, or that of the pod we run in. */
final class AccessReader {
  private static final String KUBECONFIG = "kubeconfig";
  private static final String TOKEN = "token";
  private static final Set<String> SECRETS = Set.of(KUBECONFIG, TOKEN);
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final Pattern TOKEN_FORM = Pattern.compile("[!-~]{16,16384}");
  private static final String IN_CLUSTER = "in-cluster";

  /** Under this name every cluster's server has its certificate. */
  private static final String OWN_SERVER = "https://kubernetes.default.svc";

  private static final Path OWN_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final Access NONE = new Access("", "", new Proof.Token(""));

  private final ProviderAccount account;
  private final Map<String, String> secrets;
  private final List<String> problems;

  /**
   * @param problems to which every mistake that is found is added
   */
  AccessReader(ProviderAccount account, Map<String, String> secrets, List<String> problems) {
    this.account = account;
    this.secrets = secrets;
    this.problems = problems;
  }

  Access read() {
    for (var name : new TreeSet<>(secrets.keySet())) {
      if (!SECRETS.contains(name)) {
        problems.add("secret '%s' is not known (kubeconfig, token)".formatted(name));
      }
    }
    var inCluster = option("credentials");
    if (!inCluster.isEmpty()) {
      return ofThisPod(inCluster);
    }
    if (secrets.containsKey(KUBECONFIG)) {
      return ofKubeconfig();
    }
    return ofToken();
  }

  private Access ofThisPod(String credentials) {
    if (!credentials.equals(IN_CLUSTER)) {
      problems.add("option 'credentials' may only be 'in-cluster', for those of our own pod");
    }
    if (!secrets.isEmpty() || !option("server").isEmpty() || !authorities().isEmpty()) {
      problems.add("option 'credentials' does not go with secrets, server or ca_certificate");
    }
    try {
      var authorities = Files.readString(OWN_ACCOUNT.resolve("ca.crt"));
      return new Access(OWN_SERVER, authorities, new Proof.TokenFile(OWN_ACCOUNT.resolve("token")));
    } catch (IOException e) {
      problems.add(
          "option 'credentials' is 'in-cluster', but the control plane is in none: there is no"
              + " readable "
              + e.getMessage());
      return NONE;
    }
  }

  private Access ofKubeconfig() {
    if (secrets.containsKey(TOKEN) || !option("server").isEmpty() || !authorities().isEmpty()) {
      problems.add("secret 'kubeconfig' does not go with token, server or ca_certificate");
    }
    return checked(new KubeconfigReader(problems).read(secrets.getOrDefault(KUBECONFIG, "")));
  }

  private Access ofToken() {
    if (!secrets.containsKey(TOKEN)) {
      problems.add("secret 'kubeconfig' or 'token' is missing (or option credentials: in-cluster)");
    }
    if (option("server").isEmpty()) {
      problems.add("option 'server' is missing, such as https://10.0.0.1:6443");
    }
    var token = new Proof.Token(secrets.getOrDefault(TOKEN, "").strip());
    return checked(new Access(option("server"), authorities(), token));
  }

  /** Where a token is sent: encrypted, or not away from this machine; never elsewhere. */
  private Access checked(Access access) {
    if (!access.server().isEmpty() && !safe(access.server())) {
      problems.add("server '%s' is not an https address".formatted(access.server()));
    }
    if (access.proof() instanceof Proof.Token(var value)
        && !value.isEmpty()
        && !TOKEN_FORM.matcher(value).matches()) {
      problems.add("the token is not 16 to 16384 letters without spaces");
    }
    if (!access.authorities().isEmpty() && !Trust.fits(access.authorities())) {
      problems.add("the certificate of the authority is not one in PEM");
    }
    return access;
  }

  private static boolean safe(String server) {
    try {
      var url = URI.create(server);
      var encrypted =
          "https".equals(url.getScheme())
              || ("http".equals(url.getScheme()) && LOOPBACK.contains(url.getHost()));
      return encrypted
          && url.getHost() != null
          && url.getRawQuery() == null
          && url.getRawFragment() == null
          && url.getUserInfo() == null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private String authorities() {
    return option("ca_certificate");
  }

  private String option(String name) {
    return account.option(name, "").strip();
  }
}
