package dev.nimbus.service.http;

import dev.nimbus.core.error.Kind;
import dev.nimbus.service.time.SystemTime;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection with the limits the server itself lacks: a deadline for headers and for
 * stalls, and a bound on what a single chunk makes it hold in memory. The watch closes connections
 * whose deadline has passed.
 */
final class Connection extends ForwardedContext {
  /** More than any client's chunk; a longer one would be held in memory as a whole. */
  private static final long MAX_CHUNK_BYTES = 8 << 20;

  private static final long MAX_LINGER_BYTES = 64 << 20;
  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final long NEVER = 0;

  private final HelidonSocket socket;
  private final Router router;
  private final HttpConfig.Limits limits;
  private final DataReader reader;
  private final DataWriter writer;
  private volatile long readDeadline = NEVER;
  private volatile long writeDeadline = NEVER;
  private long bodyDeadline = NEVER;
  private boolean idle = true;
  private long allowance = Long.MAX_VALUE;

  Connection(ConnectionContext context, Router router, HttpConfig.Limits limits) {
    super(context);
    this.socket = context.serverSocket();
    this.router = router;
    this.limits = limits;
    this.reader = DataReader.create(this::pull);
    this.writer = new TimedWriter(context.dataWriter(), this);
  }

  /** A request is complete but for its body, or a read of its body is. */
  void handling() {
    idle = false;
    readDeadline = NEVER;
    allowance = Long.MAX_VALUE;
  }

  /** All of a body is about to be read, part by part. */
  void readingWhole() {
    bodyDeadline = after(limits.bodyTimeout());
  }

  void readWhole() {
    bodyDeadline = NEVER;
  }

  /** A part of a body is about to be read. */
  void readingBody() {
    readDeadline = afterStall();
    allowance = MAX_CHUNK_BYTES;
  }

  /** The request is answered; the next may take its time. */
  void idle() {
    idle = true;
    bodyDeadline = NEVER;
    readDeadline = NEVER;
    allowance = Long.MAX_VALUE;
  }

  void writing() {
    writeDeadline = after(limits.stallTimeout());
  }

  void written() {
    writeDeadline = NEVER;
  }

  /** Closes the connection when it is late. */
  void check(long now) {
    if (late(readDeadline, now) || late(writeDeadline, now)) {
      close();
    }
  }

  /** Reads on for a moment, so that a client that still sends gets to see its answer. */
  void linger() {
    readDeadline = after(LINGER);
    try {
      var rest = MAX_LINGER_BYTES;
      for (var bytes = socket.get(); bytes != null && rest > 0; bytes = socket.get()) {
        rest -= bytes.length;
      }
    } catch (UncheckedIOException e) {
      readDeadline = NEVER;
    }
  }

  /** Returns when the client closes its end; whatever it sends is dropped. */
  void awaitEnd() {
    try {
      var bytes = socket.get();
      while (bytes != null) {
        bytes = socket.get();
      }
    } catch (UncheckedIOException e) {
      close();
    }
  }

  void close() {
    try {
      socket.close();
    } catch (UncheckedIOException e) {
      readDeadline = NEVER;
    }
  }

  private byte @Nullable [] pull() {
    if (allowance <= 0) {
      throw new HttpFailure(
          Problems.reply(Kind.EXHAUSTED, "too-large", "A chunk of the body is larger than 8 MiB."));
    }
    var bytes = next();
    if (bytes != null) {
      allowance -= bytes.length;
      if (idle) {
        idle = false;
        readDeadline = after(limits.headTimeout());
      } else if (allowance < MAX_CHUNK_BYTES) {
        readDeadline = afterStall();
      }
    }
    return bytes;
  }

  private byte @Nullable [] next() {
    var earlier = underlying().dataReader().available();
    if (earlier > 0) {
      return underlying().dataReader().readBytes(earlier);
    }
    try {
      return socket.get();
    } catch (UncheckedIOException e) {
      throw new ServerConnectionException("Connection ended", e);
    }
  }

  private long afterStall() {
    var stalled = after(limits.stallTimeout());
    return late(bodyDeadline, stalled) ? bodyDeadline : stalled;
  }

  private static long after(Duration duration) {
    var deadline = SystemTime.nanos() + duration.toNanos();
    return deadline == NEVER ? 1 : deadline;
  }

  private static boolean late(long deadline, long now) {
    return deadline != NEVER && now - deadline > 0;
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public Router router() {
    return router;
  }
}
