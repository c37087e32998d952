package dev.nimbus.core.forge;

import java.util.Locale;

/** The forges Nimbus speaks with. */
public enum ForgeKind {
  GITHUB("actions-runner"),
  GITLAB("gitlab-runner"),
  FORGEJO("forgejo-runner"),
  GITEA("gitea-runner");

  private final String tool;

  ForgeKind(String tool) {
    this.tool = tool;
  }

  /** As addresses, files and labels write it, such as {@code github}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The program that runs a job of this forge. */
  public String tool() {
    return tool;
  }

  /** What a host offers that has the program: {@code runner:forgejo-runner}. */
  public String label() {
    return "runner:" + tool;
  }

  /** Reads {@link #word}. */
  public static ForgeKind parse(String word) {
    for (var kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "Not a forge: '" + word + "' (github, gitlab, forgejo or gitea)");
  }
}
