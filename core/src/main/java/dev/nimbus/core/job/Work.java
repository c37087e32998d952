package dev.nimbus.core.job;

import dev.nimbus.core.forge.ForgeKind;
import java.util.List;

/** What a sandbox is there for. */
public sealed interface Work {
  /** Program and arguments, for people; what really runs may be known only at the start. */
  List<String> words();

  /** A command, run without a shell. */
  record Command(List<String> words) implements Work {
    public Command {
      words = List.copyOf(words);
    }
  }

  /** A runner of a forge, which takes one of its jobs; its credential is made when it starts. */
  record Runner(ForgeKind forge) implements Work {
    @Override
    public List<String> words() {
      return List.of(forge.tool());
    }
  }
}
