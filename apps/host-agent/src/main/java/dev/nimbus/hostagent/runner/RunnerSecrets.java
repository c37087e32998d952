package dev.nimbus.hostagent.runner;

import dev.nimbus.api.lease.RunnerReply;
import dev.nimbus.core.id.RunnerName;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.service.config.Secret;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What of a runner's registration must not be in its log: every long word of its files and
 * variables that looks like a token, but for what anybody can see among the words of the command.
 * Pure.
 */
final class RunnerSecrets {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_+/=-]{16,}");

  private RunnerSecrets() {}

  static List<Secret> in(RunnerReply reply, SandboxId sandbox) {
    var shown = String.join(" ", reply.command()) + " " + RunnerName.of(sandbox);
    var tokens = new LinkedHashSet<String>();
    Stream.concat(reply.env().values().stream(), reply.files().values().stream())
        .flatMap(text -> TOKEN.matcher(text).results())
        .map(found -> found.group())
        .filter(token -> !shown.contains(token))
        .forEach(tokens::add);
    return tokens.stream().map(Secret::new).toList();
  }
}
