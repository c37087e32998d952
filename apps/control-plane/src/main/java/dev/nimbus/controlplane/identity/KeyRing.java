package dev.nimbus.controlplane.identity;

import dev.nimbus.core.identity.Credential;
import dev.nimbus.core.identity.PublicKey;
import dev.nimbus.core.storage.IdentityStore;
import dev.nimbus.service.token.Claims;
import dev.nimbus.service.token.KeySource;
import dev.nimbus.service.token.SigningKey;
import dev.nimbus.service.token.TokenMint;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * The key this control plane signs with, and the keys anybody's tokens are verified with. The
 * private key never leaves its file; every control plane has its own and publishes the other half
 * to the others through the database.
 */
public final class KeyRing implements KeySource {
  /** No token lives longer, so a retired key is needed no longer. */
  public static final Duration LONGEST_TOKEN = Duration.ofDays(366);

  private static final String ISSUER = "nimbus";

  private final Path file;
  private final IdentityStore store;
  private final InstantSource time;
  private volatile TokenMint mint;

  private KeyRing(Path file, IdentityStore store, InstantSource time, TokenMint mint) {
    this.file = file;
    this.store = store;
    this.time = time;
    this.mint = mint;
  }

  /** Reads the key of this control plane, or makes one, and publishes it. */
  public static KeyRing open(Path file, IdentityStore store, InstantSource time) {
    var key = SigningKey.loadOrCreate(file);
    store.publish(key.publicKey(time.instant()));
    return new KeyRing(file, store, time, new TokenMint(key, ISSUER));
  }

  public String sign(Claims claims) {
    return mint.mint(claims, time.instant());
  }

  /** The token of a recorded credential: the same each time, until the key is another. */
  public String sign(Claims claims, Credential recorded) {
    var subject = recorded.audience() + "/" + recorded.subject();
    var id = "%s/%s/%d".formatted(recorded.org(), subject, recorded.version());
    return mint.mint(claims, id, recorded.issuedAt());
  }

  /** Signs with a new key from now on; what the old one signed stays good until it expires. */
  public synchronized String rotate() {
    var old = SigningKey.loadOrCreate(file);
    var key = SigningKey.replace(file);
    store.publish(key.publicKey(time.instant()));
    mint = new TokenMint(key, ISSUER);
    store.retire(old.id(), time.instant().plus(LONGEST_TOKEN));
    return key.id();
  }

  @Override
  public List<PublicKey> keys() {
    return store.keys(time.instant());
  }
}
