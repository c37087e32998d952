package dev.nimbus.core.provider;

import dev.nimbus.core.id.MachineName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/**
 * A machine to be made. Stored before it is asked for, whole, so that a request repeated after a
 * crash is the same request.
 *
 * @param diskGib the size of its disk in GiB; 0 for what the image or type has
 * @param userData what it runs at its first start, in the form its image reads; holds a secret
 * @param maxLife after which it should end by itself, where the provider can see to that
 */
public record MachineSpec(
    MachineName name, Owner owner, Cell cell, int diskGib, String userData, Duration maxLife) {
  /** Every tag it carries. */
  public Map<String, String> tags() {
    return owner.tags(this);
  }

  /**
   * What makes a repeated request the same request: 64 characters that depend on the name and on
   * every parameter, so that a provider never sees one token with two meanings.
   */
  public String token() {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      for (var part : new Object[] {name, owner, cell, cell.image(), diskGib, userData, maxLife}) {
        var bytes = part.toString().getBytes(StandardCharsets.UTF_8);
        sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        sha.update(bytes);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** Without the user data, which holds a secret. */
  @Override
  public String toString() {
    return name + " of pool '" + owner.pool() + "' in " + cell;
  }
}
