package dev.nimbus.cli;

/** Answers of a control plane. */
public final class Documents {
  private Documents() {}

  public static String waiting() {
    return job("waiting", "");
  }

  public static String ended(String state, int code) {
    return job(
        state,
        """
        "leased_at":"2026-11-22T11:59:30.005Z","started_at":"2026-11-22T11:59:30.020Z",
        "ended_at":"2026-11-22T11:59:31.270Z","host":"build-1","exit_code":%d,"""
            .formatted(code));
  }

  public static String job(String state, String more) {
    return """
    {"id":"j-1","org":"default","repository":"-","state":"%s","command":["make","test"],
    "labels":["docker"],"image":"host","cpus":1.0,"memory_bytes":536870912,"timeout_ms":21600000,
    "metadata":{"lr":"0.1"},"submitted_at":"2026-11-22T11:59:30Z",%s
    "fence":1,"attempts":1,"cancelling":false,"reason":"","revision":3}"""
        .formatted(state, more);
  }

  public static String detail(String job) {
    return "{\"job\":%s,\"attempts\":[],\"events\":[]}".formatted(job);
  }

  public static String items(String... items) {
    return "{\"items\":[" + String.join(",", items) + "]}";
  }
}
