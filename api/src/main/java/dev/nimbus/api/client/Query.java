package dev.nimbus.api.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A query string, built from pairs; empty values are left out. */
public final class Query {
  private final StringBuilder text = new StringBuilder();

  public Query with(String name, String value) {
    if (!value.isEmpty()) {
      text.append(text.isEmpty() ? '?' : '&')
          .append(name)
          .append('=')
          .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
