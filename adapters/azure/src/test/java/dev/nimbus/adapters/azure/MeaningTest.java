package dev.nimbus.adapters.azure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MeaningTest {
  @ParameterizedTest
  @CsvSource({
    "AllocationFailed, '', 0, NO_CAPACITY",
    "ZonalAllocationFailed, '', 409, NO_CAPACITY",
    "OverconstrainedAllocationRequest, '', 0, NO_CAPACITY",
    "SkuNotAvailable, '', 409, NO_CAPACITY",
    "QuotaExceeded, '', 400, OVER_QUOTA",
    "OperationNotAllowed, exceeding approved Total Regional Cores quota, 409, OVER_QUOTA",
    "OperationNotAllowed, The server rejected the request: too many requests, 429, TOO_OFTEN",
    "OperationNotAllowed, The disk is attached, 409, WRONG",
    "'', '', 429, TOO_OFTEN",
    "AuthorizationFailed, '', 403, NOT_ALLOWED",
    "LinkedAuthorizationFailed, '', 403, NOT_ALLOWED",
    "InvalidAuthenticationToken, '', 401, NOT_BELIEVED",
    "ResourceNotFound, '', 404, GONE",
    "ResourceGroupNotFound, '', 404, WRONG",
    "PreconditionFailed, '', 412, EXISTS",
    "AnotherOperationInProgress, '', 409, UNKNOWN",
    "SomethingNew, '', 409, UNKNOWN",
    "InvalidParameter, '', 400, WRONG",
    "InternalServerError, '', 500, UNKNOWN",
    "'', '', 503, UNKNOWN",
    "'', '', 0, UNKNOWN",
    "'', '', 201, UNKNOWN"
  })
  void whatAzureSaysHasAMeaning(String code, String message, int status, Meaning meaning) {
    assertThat(Meaning.of(code, message, status)).isEqualTo(meaning);
  }
}
