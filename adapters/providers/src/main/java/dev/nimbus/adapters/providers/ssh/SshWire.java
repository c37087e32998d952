package dev.nimbus.adapters.providers.ssh;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import java.io.IOException;
import java.net.SocketAddress;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/**
 * The client side of SSH that all hosts of an account have in common. It shows its keys and nothing
 * else, reads no file of its user, and believes a host by its pinned key only. Thread-safe.
 */
final class SshWire {
  private static final AttributeKey<SshHost> HOST = new AttributeKey<>();
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration LET_IN = Duration.ofSeconds(20);
  private static final Duration ALIVE_EVERY = Duration.ofSeconds(15);

  private final PinnedKeys pinned;
  private final List<KeyPair> keys;
  private final Map<SshHost, PublicKey> shown = new ConcurrentHashMap<>();
  private final ReentrantLock starting = new ReentrantLock();
  private @Nullable SshClient client;

  SshWire(PinnedKeys pinned, List<KeyPair> keys) {
    this.pinned = pinned;
    this.keys = keys;
  }

  /** A connection that is open and lets us in; {@code UNAVAILABLE} or {@code DENIED} otherwise. */
  ClientSession connect(SshHost host) {
    shown.remove(host);
    ClientSession session = null;
    try {
      session =
          client()
              .connect(
                  host.user(),
                  host.address(),
                  host.port(),
                  AttributeRepository.ofKeyValuePair(HOST, host))
              .verify(CONNECT)
              .getSession();
      keys.forEach(session::addPublicKeyIdentity);
      session.auth().verify(LET_IN);
      return session;
    } catch (IOException e) {
      if (session != null) {
        session.close(true);
      }
      throw failure(host, e);
    }
  }

  /** The key the host showed when it was last connected to. */
  Optional<PublicKey> shown(SshHost host) {
    return Optional.ofNullable(shown.get(host));
  }

  /** Whether the host may show this key. */
  boolean accepts(SshHost host, PublicKey key) {
    return pinned.accept(host, key);
  }

  void close() {
    starting.lock();
    try {
      if (client != null) {
        client.stop();
      }
    } finally {
      starting.unlock();
    }
  }

  private SshClient client() {
    starting.lock();
    try {
      if (client == null) {
        client = started();
      }
      return client;
    } finally {
      starting.unlock();
    }
  }

  private SshClient started() {
    var made = SshClient.setUpDefaultClient();
    made.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    made.setFilePasswordProvider(FilePasswordProvider.EMPTY);
    made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    made.setServerKeyVerifier(this::verify);
    made.addSessionListener(new AskForPinned());
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(made, ALIVE_EVERY);
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(made, 3);
    CoreModuleProperties.IDLE_TIMEOUT.set(made, Duration.ZERO);
    made.start();
    return made;
  }

  private boolean verify(ClientSession session, SocketAddress address, PublicKey key) {
    var host = hostOf(session);
    shown.put(host, key);
    return pinned.accept(host, key);
  }

  private static SshHost hostOf(ClientSession session) {
    return session.getConnectionContext().getAttribute(HOST);
  }

  private NimbusException failure(SshHost host, IOException e) {
    var key = shown(host);
    if (key.isPresent() && !pinned.accept(host, key.get())) {
      return new NimbusException(
          Kind.DENIED,
          "Cannot connect to %s: it shows key %s, which is not pinned for '%s'"
              .formatted(host, KeyUtils.getFingerPrint(key.get()), host.inKnownHosts()),
          e);
    }
    if (e instanceof SshException refused
        && refused.getDisconnectCode()
            == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
      return new NimbusException(
          Kind.DENIED, "Cannot connect to %s: it does not take our key".formatted(host), e);
    }
    return new NimbusException(
        Kind.UNAVAILABLE, "Cannot connect to %s: %s".formatted(host, e.getMessage()), e);
  }

  /** Has a host show a key of the type that is pinned for it, of the several it may have. */
  private final class AskForPinned implements SessionListener {
    @Override
    public void sessionCreated(Session session) {
      if (!(session instanceof ClientSession client)) {
        return;
      }
      var types = pinned.types(hostOf(client));
      var fitting =
          client.getSignatureFactories().stream()
              .filter(one -> types.contains(KeyUtils.getCanonicalKeyType(one.getName())))
              .toList();
      if (!fitting.isEmpty()) {
        client.setSignatureFactories(fitting);
      }
    }
  }
}
