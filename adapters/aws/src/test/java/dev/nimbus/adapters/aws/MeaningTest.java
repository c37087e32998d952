package dev.nimbus.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MeaningTest {
  @ParameterizedTest
  @CsvSource({
    "InsufficientInstanceCapacity, 500, NO_CAPACITY",
    "Server.InsufficientInstanceCapacity, 500, NO_CAPACITY",
    "UnfulfillableCapacity, 400, NO_CAPACITY",
    "InsufficientHostCapacity, 400, NO_CAPACITY",
    "SpotMaxPriceTooLow, 400, NO_CAPACITY",
    "VcpuLimitExceeded, 400, OVER_QUOTA",
    "MaxSpotInstanceCountExceeded, 400, OVER_QUOTA",
    "InstanceLimitExceeded, 400, OVER_QUOTA",
    "RequestLimitExceeded, 503, TOO_OFTEN",
    "Client.RequestLimitExceeded, 503, TOO_OFTEN",
    "UnauthorizedOperation, 403, NOT_ALLOWED",
    "AuthFailure, 401, NOT_BELIEVED",
    "IdempotentParameterMismatch, 400, OTHER_PARAMETERS",
    "IdempotentInstanceTerminated, 400, ENDED",
    "InvalidInstanceID.NotFound, 400, GONE",
    "InvalidParameterValue, 400, WRONG",
    "InternalError, 500, UNKNOWN",
    "ServiceUnavailable, 503, UNKNOWN",
  })
  void aCodeMeansTheSameEverywhere(String code, int status, Meaning meaning) {
    assertThat(Meaning.of(code, status)).isEqualTo(meaning);
  }
}
