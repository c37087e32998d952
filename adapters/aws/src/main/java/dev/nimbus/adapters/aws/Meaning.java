package dev.nimbus.adapters.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What AWS means by saying no. */
enum Meaning {
  /** Another type, zone or market may have one. */
  NO_CAPACITY,
  OVER_QUOTA,
  TOO_OFTEN,
  /** An action is missing in the policy. */
  NOT_ALLOWED,
  /** The keys themselves are not believed. */
  NOT_BELIEVED,
  GONE,
  /** Our token was used before, with other parameters. */
  OTHER_PARAMETERS,
  /** Our token was used before, and what it made was ended. */
  ENDED,
  /** Not answered, or not understood: nobody knows whether it was done. */
  UNKNOWN,
  /** Will not work until a person changes something. */
  WRONG;

  private static final int SERVER_ERROR = 500;

  private static final Map<String, Meaning> CODES =
      codes(
          Map.of(
              NO_CAPACITY,
              List.of(
                  "InsufficientAddressCapacity",
                  "InsufficientCapacity",
                  "InsufficientCapacityOnHost",
                  "InsufficientFreeAddressesInSubnet",
                  "InsufficientHostCapacity",
                  "InsufficientInstanceCapacity",
                  "InsufficientReservedInstanceCapacity",
                  "InsufficientVolumeCapacity",
                  "SpotMaxPriceTooLow",
                  "UnfulfillableCapacity"),
              OVER_QUOTA,
              List.of(
                  "HostLimitExceeded",
                  "InstanceLimitExceeded",
                  "MaxIOPSLimitExceeded",
                  "MaxSpotInstanceCountExceeded",
                  "NetworkInterfaceLimitExceeded",
                  "TargetCapacityLimitExceeded",
                  "VcpuLimitExceeded",
                  "VolumeLimitExceeded"),
              TOO_OFTEN,
              List.of(
                  "EC2ThrottledException",
                  "RequestLimitExceeded",
                  "RequestThrottled",
                  "Throttling",
                  "ThrottlingException"),
              NOT_ALLOWED,
              List.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation"),
              NOT_BELIEVED,
              List.of(
                  "AuthFailure",
                  "Blocked",
                  "ExpiredToken",
                  "IncompleteSignature",
                  "InvalidClientTokenId",
                  "MissingAuthenticationToken",
                  "OptInRequired",
                  "PendingVerification",
                  "RequestExpired",
                  "SignatureDoesNotMatch",
                  "UnrecognizedClientException"),
              GONE,
              List.of("InvalidHostID.NotFound", "InvalidInstanceID.NotFound"),
              OTHER_PARAMETERS,
              List.of("IdempotentParameterMismatch"),
              ENDED,
              List.of("IdempotentInstanceTerminated")));

  /**
   * What an answer means.
   *
   * @param code as AWS writes it, with or without {@code Client.} or {@code Server.} before it
   * @param status of HTTP
   */
  static Meaning of(String code, int status) {
    var known = CODES.get(code.replaceFirst("^(Client|Server)\\.", ""));
    if (known != null) {
      return known;
    }
    return status >= SERVER_ERROR || status == 0 ? UNKNOWN : WRONG;
  }

  private static Map<String, Meaning> codes(Map<Meaning, List<String>> byMeaning) {
    var codes = new HashMap<String, Meaning>();
    byMeaning.forEach((meaning, words) -> words.forEach(word -> codes.put(word, meaning)));
    return Map.copyOf(codes);
  }
}
