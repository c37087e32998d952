package dev.nimbus.core.policy;

import dev.nimbus.core.job.AskedLabels;
import java.util.Locale;
import java.util.Optional;

/** The most a job may ask for by its labels. A job that does not ask stays within every limit. */
public sealed interface Limit {
  /** What the job asks for beyond the limit, as the end of "that ask for …"; empty if nothing. */
  Optional<String> exceeded(AskedLabels asked);

  /** As the end of "that ask for …". */
  String words();

  /** Processors, in thousandths. */
  record Cpus(int most) implements Limit {
    @Override
    public Optional<String> exceeded(AskedLabels asked) {
      var wanted = asked.milliCpus().orElse(0);
      return wanted <= most
          ? Optional.empty()
          : Optional.of("%s cpus (at most %s)".formatted(cpus(wanted), cpus(most)));
    }

    @Override
    public String words() {
      return "more than " + cpus(most) + " cpus";
    }

    private static String cpus(int milli) {
      return milli % 1000 == 0
          ? Integer.toString(milli / 1000)
          : String.format(Locale.ROOT, "%.3f", milli / 1000.0);
    }
  }

  record Memory(long mostBytes) implements Limit {
    private static final long MIB = 1L << 20;

    @Override
    public Optional<String> exceeded(AskedLabels asked) {
      var wanted = asked.memoryBytes().orElse(0L);
      return wanted <= mostBytes
          ? Optional.empty()
          : Optional.of("%s of memory (at most %s)".formatted(size(wanted), size(mostBytes)));
    }

    @Override
    public String words() {
      return "more than " + size(mostBytes) + " of memory";
    }

    private static String size(long bytes) {
      if (bytes % (MIB << 10) == 0) {
        return bytes / (MIB << 10) + " GiB";
      }
      return bytes % MIB == 0 ? bytes / MIB + " MiB" : bytes + " bytes";
    }
  }

  /** The only images that may be asked for. */
  record Images(Patterns allowed) implements Limit {
    @Override
    public Optional<String> exceeded(AskedLabels asked) {
      var image = asked.image().orElse("").strip();
      return image.isEmpty() || allowed.mean(image)
          ? Optional.empty()
          : Optional.of("image " + Words.quoted(image));
    }

    @Override
    public String words() {
      return allowed.meanTheRest()
          ? "image " + allowed.sparedWords()
          : "an image other than " + allowed.meantWords();
    }
  }
}
