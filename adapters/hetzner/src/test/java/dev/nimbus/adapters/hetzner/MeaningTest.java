package dev.nimbus.adapters.hetzner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MeaningTest {
  @ParameterizedTest
  @CsvSource({
    "resource_unavailable, 412, NO_CAPACITY",
    "placement_error, 412, NO_CAPACITY",
    "resource_limit_exceeded, 403, OVER_QUOTA",
    "rate_limit_exceeded, 429, TOO_OFTEN",
    "'', 429, TOO_OFTEN",
    "locked, 423, BUSY",
    "conflict, 409, BUSY",
    "maintenance, 503, CLOSED",
    "unauthorized, 401, NOT_BELIEVED",
    "'', 401, NOT_BELIEVED",
    "forbidden, 403, NOT_ALLOWED",
    "token_readonly, 403, NOT_ALLOWED",
    "protected, 423, NOT_ALLOWED",
    "not_found, 404, GONE",
    "uniqueness_error, 409, TAKEN",
    "invalid_input, 422, WRONG",
    "json_error, 400, WRONG",
    "something_new, 422, WRONG",
    "'', 404, WRONG",
    "service_error, 422, UNKNOWN",
    "unavailable, 503, UNKNOWN",
    "timeout, 504, UNKNOWN",
    "something_new, 500, UNKNOWN",
    "'', 502, UNKNOWN",
    "'', 0, UNKNOWN",
  })
  void aCodeMeansTheSameEverywhere(String code, int status, Meaning meaning) {
    assertThat(Meaning.of(code, status)).isEqualTo(meaning);
  }
}
