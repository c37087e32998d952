package dev.nimbus.adapters.forges.vendor;

import dev.nimbus.testkit.tool.VendorPackage;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** GitHub's description of its API, as far as Nimbus calls it. */
final class GitHubDescription {
  private static final Pattern CALLED =
      Pattern.compile(
          "/app|/app/hook/.*|/app/installations/.*|/user"
              + "|/(orgs|users)/\\{\\w+}/(installation|repos)|/installation/repositories"
              + "|/orgs/\\{org}/hooks/\\{hook_id}(/deliveries.*)?"
              + "|/orgs/\\{org}/actions/(runners|runner-groups)(/generate-jitconfig|/registration-token|/\\{runner_id})?"
              + "|/repos/\\{owner}/\\{repo}/actions/(runs|jobs|runners)"
              + "(/generate-jitconfig|/\\{\\w+}(/jobs)?)?"
              + "|/repos/\\{owner}/\\{repo}/statuses/\\{sha}"
              + "|/repos/\\{owner}/\\{repo}/hooks/\\{hook_id}/deliveries.*");

  private GitHubDescription() {}

  /** Of github.com, and of the oldest Enterprise Server that is described. */
  static List<Description> read() {
    var folder = VendorPackage.folder("@octokit/openapi").resolve("generated");
    return List.of(
        read(folder.resolve("api.github.com.deref.json")),
        read(folder.resolve("ghes-3.17.deref.json")));
  }

  private static Description read(Path file) {
    return new Description(ApiSlice.read(file, path -> CALLED.matcher(path).matches()));
  }
}
