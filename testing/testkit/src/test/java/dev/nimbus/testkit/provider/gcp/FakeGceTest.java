package dev.nimbus.testkit.provider.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not as Google describes it gets no further than the fake. */
@ExtendWith(WithGoogle.class)
final class FakeGceTest {
  private static final String ZONE = "compute/v1/projects/acme-ci/zones/europe-west3-a/";
  private static final String LIST = "compute/v1/projects/acme-ci/aggregated/instances";
  private static final String MACHINE =
      """
      {"name": "one", "machineType": "zones/europe-west3-a/machineTypes/e2-small",
       "labels": {"team": "a"},
       "metadata": {"items": [{"key": "user-data", "value": "#cloud-config"}]},
       "scheduling": {"provisioningModel": "SPOT", "onHostMaintenance": "TERMINATE",
                      "automaticRestart": false, "instanceTerminationAction": "DELETE",
                      "maxRunDuration": {"seconds": "3600"}},
       "disks": [{"boot": true, "initializeParams":
           {"sourceImage": "projects/debian-cloud/global/images/family/debian-12"}}],
       "networkInterfaces": [{"network": "projects/acme-ci/global/networks/default"}]}
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeGce gce;

  FakeGceTest(Google google) {
    gce = FakeGce.listen(google);
  }

  @BeforeEach
  void open() {
    gce.welcomeAnybody();
  }

  @AfterEach
  void leave() {
    gce.close();
    http.close();
  }

  @Test
  void aMachineAsGoogleDescribesItIsMade() throws Exception {
    assertThat(insert(MACHINE).statusCode()).isEqualTo(200);
    assertThat(gce.machines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"labels\" | \"lables\" | $.lables is not known",
        "\"name\": \"one\", | (nothing) | $.name is missing",
        "\"name\": \"one\" | \"name\": \"One\" | $.name is 'One'",
        "\"name\": \"one\" | \"name\": 1 | $.name is NUMBER",
        "\"name\": \"one\" | \"name\": \"one\", \"status\": \"RUNNING\" | for answers only",
        "\"SPOT\" | \"CHEAP\" | 'CHEAP', which it cannot be",
        "false, | \"false\", | automaticRestart is STRING",
        "\"3600\" | 3600 | seconds is NUMBER",
        "\"boot\": true | \"root\": true | $.disks[0].root is not known",
        "\"value\" | \"text\" | .text is not known",
        "\"team\": \"a\" | \"team\": \"A\" | resource.labels",
        "debian-12 | debian-99 | sourceImage",
        "\"SPOT\" | \"STANDARD\" | do not support onHostMaintenance",
        "\"instanceTerminationAction\": \"DELETE\", | (nothing) | termination action",
      })
  void aMachineThatIsNotIsRefused(String part, String instead, String problem) throws Exception {
    var answer = insert(MACHINE.replace(part, instead.equals("(nothing)") ? "" : instead));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains(problem);
    assertThat(gce.machines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?requestID=1 | parameter 'requestID' is not known",
        "?requestId=1 | requestId",
        "?requestId=00000000-0000-0000-0000-000000000000 | requestId",
        "?alt=xml | no value of parameter 'alt'",
      })
  void aParameterGoogleDoesNotHaveIsRefused(String query, String problem) throws Exception {
    var answer = post(ZONE + "instances" + query, MACHINE);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?filter=owner | filter",
        "?maxResults=many | no value of parameter 'maxResults'",
        "?filter=labels.team%3Da&fields=items/*/machines | Invalid field selection",
        "?filter=labels.team%3Da&fields=items(name | Invalid field selection",
      })
  void aListThatCannotBeIsRefused(String query, String problem) throws Exception {
    var answer = get(LIST + query);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains(problem);
  }

  @Test
  void onlyTheFieldsThatAreAskedForAreAnswered() throws Exception {
    insert(MACHINE);
    var answer = get(LIST + "?filter=labels.team%3Da&fields=items/*/instances(name,zone),kind");

    assertThat(answer.body())
        .contains("\"name\":\"one\"", "compute#instanceAggregatedList")
        .doesNotContain("cloud-config", "NO_RESULTS_ON_PAGE", "status");
  }

  @Test
  void theSameRequestIsDoneOnceAndANameIsTakenOnce() throws Exception {
    var same = ZONE + "instances?requestId=3e0b6c1a-6f0d-3d7e-9d43-000000000001";

    assertThat(post(same, MACHINE).body()).isEqualTo(post(same, MACHINE).body());
    assertThat(insert(MACHINE).statusCode()).isEqualTo(409);
    assertThat(gce.machines()).hasSize(1);
  }

  @Test
  void whatGoogleDoesNotHaveIsNotThere() throws Exception {
    assertThat(get("compute/v1/projects/acme-ci/instances").statusCode()).isEqualTo(404);
    assertThat(get("compute/v1/projects/ACME/aggregated/instances").statusCode()).isEqualTo(400);
  }

  private HttpResponse<String> insert(String body) throws IOException, InterruptedException {
    return post(ZONE + "instances", body);
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(gce.url().resolve(path)).POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(gce.url().resolve(path)).GET());
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
