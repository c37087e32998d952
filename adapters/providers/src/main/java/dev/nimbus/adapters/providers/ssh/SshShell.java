package dev.nimbus.adapters.providers.ssh;

import dev.nimbus.adapters.providers.machine.BoundedBytes;
import dev.nimbus.adapters.providers.machine.Shell;
import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.jspecify.annotations.Nullable;

/** The shell of a host, over one connection that is kept, and made again when it broke. */
final class SshShell implements Shell {
  /** Fewer than the ten that servers allow on a connection. */
  private static final int MOST_AT_ONCE = 8;

  private static final Duration OPEN = Duration.ofSeconds(20);

  private final SshHost host;
  private final SshWire wire;
  private final String command;
  private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);
  private final ReentrantLock connecting = new ReentrantLock();
  private @Nullable ClientSession kept;

  SshShell(SshHost host, SshWire wire, boolean sudo) {
    this.host = host;
    this.wire = wire;
    this.command = sudo ? "sudo -n /bin/sh -s" : "/bin/sh -s";
  }

  @Override
  public List<Finding> reach() {
    var findings = new ArrayList<Finding>();
    var failure = failure();
    var shown = wire.shown(host);
    if (shown.isPresent()) {
      findings.add(pinned(shown.get()));
    }
    if (failure != null && findings.stream().allMatch(Finding::fine)) {
      findings.add(
          Finding.wrong(
              "lets us in",
              failure.getMessage()
                  + ". See that it is on, that the port is open to the control plane, and that the"
                  + " public key is among authorized_keys of '%s'".formatted(host.user())));
    } else if (failure == null) {
      findings.add(Finding.fine("lets us in"));
    }
    return findings;
  }

  @Override
  public Output run(String script, Duration timeout) {
    try {
      turns.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted", e);
    }
    try {
      return run(script.getBytes(StandardCharsets.UTF_8), timeout);
    } finally {
      turns.release();
    }
  }

  @Override
  public void close() {
    connecting.lock();
    try {
      if (kept != null) {
        kept.close(true);
      }
    } finally {
      connecting.unlock();
    }
  }

  /** A connection that was kept may turn out to be broken; every script may be run again. */
  private Output run(byte[] script, Duration timeout) {
    var session = session();
    try {
      return run(session.open(), script, timeout);
    } catch (BrokenOff e) {
      if (session.isNew()) {
        throw unavailable(e.why, e);
      }
    }
    try {
      return run(session().open(), script, timeout);
    } catch (BrokenOff e) {
      throw unavailable(e.why, e);
    }
  }

  private Output run(ClientSession session, byte[] script, Duration timeout) throws BrokenOff {
    var printed = new BoundedBytes();
    var errors = new BoundedBytes();
    try (var channel = session.createExecChannel(command)) {
      channel.setIn(new ByteArrayInputStream(script));
      channel.setOut(printed);
      channel.setErr(errors);
      channel.open().verify(OPEN);
      await(channel, timeout);
      if (channel.getExitStatus() == null) {
        throw new BrokenOff("the connection broke off", null);
      }
      return new Output(printed.text(), errors.text());
    } catch (BrokenOff e) {
      throw e;
    } catch (IOException e) {
      session.close(true);
      throw new BrokenOff(String.valueOf(e.getMessage()), e);
    }
  }

  private void await(ClientChannel channel, Duration timeout) {
    var events = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), timeout);
    if (events.contains(ClientChannelEvent.TIMEOUT)) {
      channel.close(true);
      throw unavailable("no end within " + timeout, null);
    }
  }

  private record Connected(ClientSession open, boolean isNew) {}

  private Connected session() {
    connecting.lock();
    try {
      if (kept != null && kept.isOpen()) {
        return new Connected(kept, false);
      }
      var made = wire.connect(host);
      kept = made;
      return new Connected(made, true);
    } finally {
      connecting.unlock();
    }
  }

  private @Nullable NimbusException failure() {
    try {
      session();
      return null;
    } catch (NimbusException e) {
      return e;
    }
  }

  private Finding pinned(PublicKey key) {
    var fingerprint = KeyUtils.getFingerPrint(key);
    if (wire.accepts(host, key)) {
      return Finding.fine("shows the pinned key " + fingerprint);
    }
    return Finding.wrong(
        "shows a pinned key",
        ("It shows %s. Compare that with what 'ssh-keygen -lf' says of its key on the host itself;"
                + " only if they agree, add to host_keys: %s %s")
            .formatted(fingerprint, host.inKnownHosts(), PublicKeyEntry.toString(key)));
  }

  private NimbusException unavailable(String why, @Nullable Exception cause) {
    var message = "Cannot run a script at %s: %s".formatted(host, why);
    return cause == null
        ? new NimbusException(Kind.UNAVAILABLE, message)
        : new NimbusException(Kind.UNAVAILABLE, message, cause);
  }

  private static final class BrokenOff extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;

    BrokenOff(String why, @Nullable Exception cause) {
      super(why, cause);
      this.why = why;
    }
  }
}
