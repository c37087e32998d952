package dev.nimbus.adapters.gcp;

import dev.nimbus.core.provider.MachineSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** By what Google knows that a request is the same request again. */
final class RequestId {
  private RequestId() {}

  /**
   * Of a machine to be made. It depends on every parameter, as its token does.
   *
   * @param earlier how many such requests are known to have failed; Google answers the same failure
   *     for as long as it remembers one
   */
  static String of(MachineSpec spec, int earlier) {
    return uuid(earlier == 0 ? spec.token() : spec.token() + "/" + earlier);
  }

  /** Of an end. Two calls are two requests: one that failed must not be all there ever is. */
  static String ofEnd(String instanceId, Instant now) {
    return uuid("end/" + instanceId + "/" + now);
  }

  private static String uuid(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
