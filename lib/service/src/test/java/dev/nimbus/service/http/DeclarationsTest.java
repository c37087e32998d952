package dev.nimbus.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A route says what it takes, and takes nothing else. */
class DeclarationsTest {
  private static final Parameter<String> NAME = Parameter.text("name", "A name.", 10);
  private static final Parameter<Integer> LIMIT = Parameter.number("limit", "How many.", 7, 1, 100);
  private static final Parameter<Instant> SINCE =
      Parameter.time("since", "From when on.", Instant.EPOCH);
  private static final Parameter<Boolean> LOUD = Parameter.flag("loud", "Whether loud.");
  private static final Parameter<Size> SIZE = Parameter.choice("size", "How big.", Size.VERY_BIG);
  private static final Parameter<List<String>> WORDS = Parameter.words("words", "Any words.");
  private static final Parameter<List<String>> KNOWN =
      Parameter.words("known", "Some words.", List.of("one", "two"));
  private static final Parameter<String> MARK = Parameter.header("X-Mark", "A mark.", 10);
  private static final List<Parameter<?>> ALL =
      List.of(NAME, LIMIT, SINCE, LOUD, SIZE, WORDS, KNOWN, MARK);

  enum Size {
    SMALL,
    VERY_BIG
  }

  record Thing(String name) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "/q > |7|1970-01-01T00:00:00Z|false|VERY_BIG|[]|[]|",
        "/q?name=&limit=&since=&loud=&size=&words=&known= "
            + "> |7|1970-01-01T00:00:00Z|false|VERY_BIG|[]|[]|",
        "/q?name=x%20y%2Bz&limit=5&size=small > x y+z|5|1970-01-01T00:00:00Z|false|SMALL|[]|[]|",
        "/q?since=2026-11-22T12:00:00Z&loud=true > |7|2026-11-22T12:00:00Z|true|VERY_BIG|[]|[]|",
        "/q?words=a,b&known=two > |7|1970-01-01T00:00:00Z|false|VERY_BIG|[a, b]|[two]|"
      })
  void parametersAreReadAsWhatTheyAre(String path, String values) throws Exception {
    try (var served = Served.with(echo())) {
      assertThat(served.get(path).body()).isEqualTo(values);
    }
  }

  @Test
  void aDayIsOneOfTheCalendar() throws Exception {
    var day = Parameter.day("day", "A day.", LocalDate.EPOCH);
    try (var served =
        Served.with(Route.get("/q", Access.open(), r -> text("" + r.value(day))).asks(day))) {
      assertThat(served.get("/q").body()).isEqualTo("1970-01-01");
      assertThat(served.get("/q?day=2028-02-29").body()).isEqualTo("2028-02-29");
      refused(served.get("/q?day=2027-02-29"), "day='2027-02-29'");
    }
  }

  @Test
  void aParameterMayStandInAHeader() throws Exception {
    try (var served = Served.with(echo())) {
      assertThat(served.send(served.request("/q").header("x-mark", "here")).body())
          .endsWith("|here");
      refused(served.send(served.request("/q").header("X-Mark", "far too long a mark")), "X-Mark");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=101",
        "limit=many",
        "since=yesterday",
        "loud=yes",
        "size=huge",
        "size=SMALL",
        "known=one,three",
        "name=longer+than+ten"
      })
  void whatAParameterCannotBeIsInvalidAndNamed(String query) throws Exception {
    try (var served = Served.with(echo())) {
      refused(served.get("/q?" + query), query.substring(0, query.indexOf('=')) + "='");
    }
  }

  @Test
  void aParameterThatIsNotLookedAtIsCheckedAllTheSame() throws Exception {
    try (var served = Served.with(Route.get("/q", Access.open(), _ -> text("")).asks(LIMIT))) {
      assertThat(served.get("/q?limit=5").statusCode()).isEqualTo(200);
      refused(served.get("/q?limit=many"), "limit='many'");
    }
  }

  @Test
  void aHandlerThatReadsWhatItsRouteDoesNotTakeIsAFault() throws Exception {
    try (var served =
        Served.with(
            Route.get("/parameter", Access.open(), r -> text(r.value(NAME))),
            Route.post("/record", Access.open(), r -> text(r.json(Thing.class).name()))
                .takes(Size.class),
            Route.post("/nothing", Access.open(), r -> text(r.json(Thing.class).name())))) {
      assertThat(served.get("/parameter?name=x").statusCode()).isEqualTo(500);
      assertThat(served.post("/record", "{\"name\":\"x\"}").statusCode()).isEqualTo(500);
      assertThat(served.post("/nothing", "{}").statusCode()).isEqualTo(500);
    }
  }

  @Test
  void aRouteThatTakesNothingRefusesAnything() throws Exception {
    try (var served = Served.with(Route.post("/go", Access.open(), _ -> text("gone")))) {
      assertThat(served.post("/go", "").body()).isEqualTo("gone");
      assertThat(served.post("/go", " {} ").body()).isEqualTo("gone");
      refused(served.post("/go", "{\"force\":true}"), "'force' is unknown");
      refused(served.post("/go", "true"), "Cannot read");
      assertThat(served.post("/go", "x".repeat(1_025)).statusCode()).isEqualTo(413);
    }
  }

  @Test
  void aNewersFieldsAreOverlookedWhereTheRouteSaysSo() throws Exception {
    try (var served =
        Served.with(
            Route.post("/same", Access.open(), r -> text(r.json(Thing.class).name()))
                .takes(Thing.class),
            Route.post("/newer", Access.open(), r -> text(r.json(Thing.class).name()))
                .takesAlsoNewer(Thing.class))) {
      var body = "{\"name\":\"x\",\"colour\":\"red\"}";

      refused(served.post("/same", body), "'colour' is unknown");
      assertThat(served.post("/newer", body).body()).isEqualTo("x");
      refused(served.post("/newer", "{}"), "'name' is missing");
    }
  }

  private static Route echo() {
    return Route.get(
            "/q",
            Access.open(),
            r -> text(String.join("|", ALL.stream().map(p -> "" + r.value(p)).toList())))
        .asks(ALL.toArray(Parameter<?>[]::new));
  }

  private static Response text(String text) {
    return Response.text(200, "text/plain", text);
  }

  private static void refused(HttpResponse<String> answer, String part) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("\"kind\":\"invalid\"").contains(part);
  }
}
