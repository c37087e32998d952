package dev.nimbus.adapters.forges.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ApiBaseTest {
  @Test
  void everyKindOfGitHubHasItsApiElsewhere() {
    var bases =
        Map.of(
            "https://github.com", "https://api.github.com",
            "https://github.com/", "https://api.github.com",
            "https://GitHub.com", "https://api.github.com",
            "https://www.github.com", "https://api.github.com",
            "https://acme.ghe.com", "https://api.acme.ghe.com",
            "https://git.acme.example", "https://git.acme.example/api/v3",
            "https://git.acme.example:8443/", "https://git.acme.example:8443/api/v3",
            "https://github.com.evil.example", "https://github.com.evil.example/api/v3");

    bases.forEach((url, base) -> assertThat(ApiBase.of(URI.create(url))).hasToString(base));
  }
}
