package dev.nimbus.adapters.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MeaningTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          0   |               | connection refused | false | UNKNOWN
          400 | BadRequest    | the body is not JSON | false | WRONG
          401 | Unauthorized  | Unauthorized | false | NOT_BELIEVED
          403 | Forbidden     | pods is forbidden: User "n" cannot create resource "pods" in API group "" | false | NOT_ALLOWED
          403 | Forbidden     | forbidden: User "system:anonymous" cannot get path "/api" | false | NOT_ALLOWED
          403 | Forbidden     | pods "x" is forbidden: exceeded quota: q, requested: pods=1, used: pods=5 | false | OVER_QUOTA
          403 | Forbidden     | pods "x" is forbidden: status unknown for quota: q, resources: pods | false | TOO_OFTEN
          403 | Forbidden     | pods "x" is forbidden: failed quota: q: must specify limits.cpu | false | WRONG
          403 | Forbidden     | pods "x" is forbidden: violates PodSecurity "restricted:latest" | false | WRONG
          403 | Forbidden     | pods "x" is forbidden: maximum cpu usage per Container is 2, but limit is 4 | false | WRONG
          404 | NotFound      | pods "x" not found | false | GONE
          409 | AlreadyExists | pods "x" already exists | false | THERE
          409 | Conflict      | Precondition failed: UID in precondition | false | CHANGED
          410 | Expired       | The provided continue parameter is too old | false | EXPIRED
          422 | Invalid       | Pod "x" is invalid: spec.nodeSelector | false | WRONG
          429 | TooManyRequests | Too many requests | true | TOO_OFTEN
          429 |               | Too many requests | false | TOO_OFTEN
          500 | InternalError | failed calling webhook | false | UNKNOWN
          503 | ServiceUnavailable | apiserver is shutting down | true | TOO_OFTEN
          503 | ServiceUnavailable | upstream connect error | false | UNKNOWN
          504 | Timeout       | request did not complete | false | UNKNOWN
          """)
  void anAnswerMeansTheSameEverywhere(
      int status, String reason, String message, boolean again, Meaning meaning) {
    var word = reason == null ? "" : reason;

    assertThat(Meaning.of(status, word, message, again)).isEqualTo(meaning);
  }
}
