package dev.nimbus.core.forecast;

/**
 * What is lost, in millionths of a US dollar.
 *
 * @param idlePerHour by a machine that waits for a job
 * @param waitingPerHour by a job that waits for a machine
 */
public record Stakes(long idlePerHour, long waitingPerHour) {
  public Stakes {
    if (idlePerHour < 0 || waitingPerHour < 0) {
      throw new IllegalArgumentException(
          "Nothing costs less than nothing: idle %d, waiting %d"
              .formatted(idlePerHour, waitingPerHour));
    }
  }

  /**
   * How often there should be a machine when a job comes, from 0 to 1: one more machine is kept as
   * long as it costs less than the waiting it spares.
   */
  double enough() {
    var both = (double) idlePerHour + waitingPerHour;
    return waitingPerHour == 0 ? 0 : waitingPerHour / both;
  }
}
