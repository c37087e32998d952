package dev.nimbus.adapters.gcp;

import com.google.api.client.http.HttpTransport;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What shows Google who asks, for as little as a call needs. Asked for at the first call. */
final class Tokens {
  /** Machines and disks. */
  static final String COMPUTE = "https://www.googleapis.com/auth/compute";

  /** To look which permissions there are. */
  static final String LOOK = "https://www.googleapis.com/auth/cloud-platform.read-only";

  private final Access access;
  private final HttpTransport transport;
  private final Map<String, HttpCredentialsAdapter> byScope = new HashMap<>();

  Tokens(Access access, HttpTransport transport) {
    this.access = access;
    this.transport = transport;
  }

  /** Puts a token on every call it initializes. */
  synchronized HttpCredentialsAdapter of(String scope) throws IOException {
    var there = byScope.get(scope);
    if (there != null) {
      return there;
    }
    var made = new HttpCredentialsAdapter(credentials(scope));
    byScope.put(scope, made);
    return made;
  }

  private GoogleCredentials credentials(String scope) throws IOException {
    return switch (access) {
      case Access.Key key ->
          ServiceAccountCredentials.newBuilder()
              .setClientEmail(key.email())
              .setPrivateKeyId(key.id())
              .setPrivateKeyString(key.privateKey())
              .setTokenServerUri(URI.create(key.tokenUri()))
              .setScopes(List.of(scope))
              .setHttpTransportFactory(() -> transport)
              .build();
      case Access.OfThisMachine _ ->
          GoogleCredentials.getApplicationDefault(() -> transport).createScoped(List.of(scope));
    };
  }
}
