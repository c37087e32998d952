package dev.nimbus.api.forge;

import dev.nimbus.json.Meaning;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection as it should be. */
public record ApplyForge(
    @Meaning(words = {"github", "gitlab", "forgejo", "gitea"}) String kind,
    @Meaning("Where people find the forge.") URI url,
    @Meaning("The organisation, group or user; a whole instance when absent.")
        @Nullable String owner,
    @Meaning("The only ones; all of the owner when absent.") @Nullable List<String> repositories,
    @Meaning("What only this kind of forge asks for.") @Nullable Map<String, String> options,
    @Meaning("Tokens and keys; those left out stay as they are, an empty one is forgotten.")
        @Nullable Map<String, String> secrets) {

  @Override
  public String toString() {
    return kind + " at " + url;
  }
}
