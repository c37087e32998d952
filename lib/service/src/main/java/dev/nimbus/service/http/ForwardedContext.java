package dev.nimbus.service.http;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import java.util.concurrent.ExecutorService;

/** What a connection of ours leaves as the server made it. */
abstract sealed class ForwardedContext implements ConnectionContext permits Connection {
  private final ConnectionContext context;

  ForwardedContext(ConnectionContext context) {
    this.context = context;
  }

  final ConnectionContext underlying() {
    return context;
  }

  @Override
  public final ListenerContext listenerContext() {
    return context.listenerContext();
  }

  @Override
  public final ExecutorService executor() {
    return context.executor();
  }

  @Override
  public final HelidonSocket serverSocket() {
    return context.serverSocket();
  }

  @Override
  public final PeerInfo remotePeer() {
    return context.remotePeer();
  }

  @Override
  public final PeerInfo localPeer() {
    return context.localPeer();
  }

  @Override
  public final boolean isSecure() {
    return context.isSecure();
  }

  @Override
  public final String socketId() {
    return context.socketId();
  }

  @Override
  public final String childSocketId() {
    return context.childSocketId();
  }
}
