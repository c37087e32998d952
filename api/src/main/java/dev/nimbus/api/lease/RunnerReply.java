package dev.nimbus.api.lease;

import dev.nimbus.json.Meaning;
import java.util.List;
import java.util.Map;

/** How to start the forge's runner a job is for. */
public record RunnerReply(
    @Meaning("The program needed, such as forgejo-runner.") String tool,
    @Meaning("Words; {tool} and {files} stand for the folders of the program and of the files.")
        List<String> command,
    @Meaning("May hold secrets, and the same two words.") Map<String, String> env,
    @Meaning("By name; may hold secrets, so never on a disk.") Map<String, String> files) {

  @Override
  public String toString() {
    return tool + ": " + String.join(" ", command);
  }
}
