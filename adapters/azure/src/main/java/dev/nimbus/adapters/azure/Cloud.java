package dev.nimbus.adapters.azure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The clouds Microsoft runs, and the only places credentials for them are ever sent to. */
enum Cloud {
  PUBLIC("https://management.azure.com", "https://login.microsoftonline.com"),
  USGOV("https://management.usgovcloudapi.net", "https://login.microsoftonline.us"),
  CHINA("https://management.chinacloudapi.cn", "https://login.chinacloudapi.cn");

  private static final String PRICES = "https://prices.azure.com";

  private final String manager;
  private final String authority;

  Cloud(String manager, String authority) {
    this.manager = manager;
    this.authority = authority;
  }

  /** As an account writes it. */
  static Optional<Cloud> parse(String word) {
    return Arrays.stream(values()).filter(cloud -> cloud.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a token is asked for, wherever it is used. */
  String scope() {
    return manager + "/.default";
  }

  /** Where it is, all of it, unless something on this machine plays it. */
  Endpoint endpoint(String playedBy) {
    return playedBy.isEmpty()
        ? new Endpoint(manager, authority, PRICES, false)
        : new Endpoint(playedBy, playedBy, playedBy, true);
  }

  /**
   * Where Azure is asked.
   *
   * @param played whether it is not the real one
   */
  record Endpoint(String manager, String authority, String prices, boolean played) {}
}
