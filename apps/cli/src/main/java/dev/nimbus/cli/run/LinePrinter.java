package dev.nimbus.cli.run;

import dev.nimbus.cli.json.JsonText;
import dev.nimbus.cli.terminal.Shell;
import java.util.Map;
import java.util.function.Consumer;

/** Prints log lines as the job wrote them; what Nimbus itself remarks goes to the side. */
public final class LinePrinter implements Consumer<String> {
  private final Shell shell;
  private final boolean remarks;
  private boolean broken;

  /**
   * A printer of lines.
   *
   * @param remarks whether to show what Nimbus remarks
   */
  public LinePrinter(Shell shell, boolean remarks) {
    this.shell = shell;
    this.remarks = remarks;
  }

  @Override
  public void accept(String document) {
    if (JsonText.read(document) instanceof Map<?, ?> line) {
      print(String.valueOf(line.get("text")), line);
    }
  }

  private void print(String text, Map<?, ?> line) {
    if ("nimbus".equals(line.get("source"))) {
      if (remarks) {
        shell.err().print(text + "\n");
        shell.err().flush();
      }
      return;
    }
    shell.out().print(text);
    if (!Boolean.FALSE.equals(line.get("complete"))) {
      shell.out().print('\n');
    }
    broken = shell.out().checkError();
  }

  /** Whether nobody reads any more. */
  public boolean broken() {
    return broken;
  }
}
