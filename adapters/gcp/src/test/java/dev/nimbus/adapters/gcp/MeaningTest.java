package dev.nimbus.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MeaningTest {
  @ParameterizedTest
  @CsvSource({
    "ZONE_RESOURCE_POOL_EXHAUSTED, 0, NO_CAPACITY",
    "ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS, 0, NO_CAPACITY",
    "IP_SPACE_EXHAUSTED, 0, NO_CAPACITY",
    "QUOTA_EXCEEDED, 0, OVER_QUOTA",
    "quotaExceeded, 403, OVER_QUOTA",
    "limitExceeded, 403, OVER_QUOTA",
    "rateLimitExceeded, 403, TOO_OFTEN",
    "userRateLimitExceeded, 403, TOO_OFTEN",
    "rateLimitExceeded, 429, TOO_OFTEN",
    "somethingNew, 429, TOO_OFTEN",
    "resourceOperationRateExceeded, 412, TOO_OFTEN",
    "forbidden, 403, NOT_ALLOWED",
    "accessNotConfigured, 403, NOT_ALLOWED",
    "authError, 401, NOT_BELIEVED",
    "notFound, 404, GONE",
    "alreadyExists, 409, EXISTS",
    "RESOURCE_ALREADY_EXISTS, 0, EXISTS",
    "resourceNotReady, 400, UNKNOWN",
    "backendError, 503, UNKNOWN",
    "internalError, 500, UNKNOWN",
    "INTERNAL_ERROR, 0, UNKNOWN",
    "invalid, 400, WRONG",
    "UNSUPPORTED_OPERATION, 0, WRONG",
    "'', 0, UNKNOWN",
    "'', 403, NOT_ALLOWED",
    "'', 502, UNKNOWN",
  })
  void aCodeMeansTheSameInAnswersAndOperations(String code, int status, Meaning meaning) {
    assertThat(Meaning.of(code, status)).isEqualTo(meaning);
  }
}
