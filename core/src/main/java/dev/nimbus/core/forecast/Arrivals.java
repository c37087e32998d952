package dev.nimbus.core.forecast;

/**
 * How many jobs may come in some time: a negative binomial distribution, or Poisson's where they
 * come one by one.
 *
 * @param bunching the variance in proportion to the mean; at least 1
 */
record Arrivals(double mean, double bunching) {
  /** As near to certain as floating point can tell. */
  private static final double CERTAIN = 1 - 1e-9;

  /** The fewest that are not exceeded with the probability, or {@code most} if that is fewer. */
  int covering(double probability, int most) {
    if (mean <= 0 || probability <= 0) {
      return 0;
    }
    var wanted = Math.min(probability, CERTAIN);
    var logarithm = logOfNone();
    var covered = Math.exp(logarithm);
    var jobs = 0;
    while (covered < wanted && jobs < most) {
      jobs++;
      logarithm += logOfStep(jobs);
      covered += Math.exp(logarithm);
    }
    return jobs;
  }

  /** Logarithms, for the probability that none of many comes is too small a number. */
  private double logOfNone() {
    return single() ? -mean : -size() * Math.log(bunching);
  }

  private double logOfStep(int jobs) {
    return single()
        ? Math.log(mean / jobs)
        : Math.log((jobs - 1 + size()) / jobs * (1 - 1 / bunching));
  }

  private boolean single() {
    return bunching < 1 + 1e-6;
  }

  private double size() {
    return mean / (bunching - 1);
  }
}
