package dev.nimbus.cli.run;

import dev.nimbus.cli.json.JsonText;
import dev.nimbus.cli.json.JsonWords;
import dev.nimbus.cli.terminal.Shell;
import java.io.PrintStream;
import java.net.URI;

/** How a running job is shown. */
sealed interface View {
  void submitted(String job);

  void line(String line);

  void ended(JobBrief job, URI controlPlane);

  /** Whether nobody reads any more. */
  boolean broken();

  /** As a person wants to see it. */
  record Text(Shell shell, LinePrinter lines) implements View {
    @Override
    public void submitted(String job) {}

    @Override
    public void line(String line) {
      lines.accept(line);
    }

    @Override
    public void ended(JobBrief job, URI controlPlane) {
      shell.out().flush();
      shell.say(Summary.of(job, controlPlane));
    }

    @Override
    public boolean broken() {
      return lines.broken();
    }
  }

  /** One JSON document per line. */
  record Documents(PrintStream out) implements View {
    @Override
    public void submitted(String job) {
      print("job", JsonWords.write(JsonText.read(job)));
    }

    @Override
    public void line(String line) {
      print("line", line);
    }

    @Override
    public void ended(JobBrief job, URI controlPlane) {
      print("job", JsonWords.write(job.fields()));
    }

    @Override
    public boolean broken() {
      return out.checkError();
    }

    private void print(String event, String document) {
      out.print("{\"" + event + "\":" + document + "}\n");
      out.flush();
    }
  }
}
