package dev.nimbus.testkit.executor;

import dev.nimbus.core.executor.Executor;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.executor.SandboxSpec;
import dev.nimbus.core.executor.Usage;
import dev.nimbus.core.id.SandboxId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A sandbox without a process: it does what its command says, and what a test tells it to. */
public final class MemorySandbox implements Executor.Sandbox {
  private static final int TERMINATED = 143;
  private static final int KILLED = 137;

  private final SandboxSpec spec;
  private final MemoryConsole console;
  private volatile Runnable forget;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable Exit> exit = new AtomicReference<>();
  private volatile Usage usage = Usage.UNKNOWN;
  private volatile boolean stubborn;
  private volatile boolean closed;

  MemorySandbox(SandboxSpec spec, Runnable forget) {
    this.spec = spec;
    this.console = new MemoryConsole(spec.consoleLimitBytes());
    this.forget = forget;
  }

  /** What it was started with. */
  public SandboxSpec spec() {
    return spec;
  }

  /** Adds to the console, as if the job had printed it. */
  public void print(String text) {
    console.print(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes to the console that need not be text. */
  public void print(byte[] bytes) {
    console.print(bytes);
  }

  /** Ends the job. The first end counts. */
  public void end(Exit how) {
    if (exit.compareAndSet(null, how)) {
      console.end();
      ended.countDown();
    }
  }

  /** Sets what {@link #usage()} answers. */
  public void use(Usage used) {
    usage = used;
  }

  /** Makes the job ignore polite requests to end. */
  public void ignoreRequests() {
    stubborn = true;
  }

  /** Also does this when it is closed. */
  void onClose(Runnable also) {
    var before = forget;
    forget =
        () -> {
          before.run();
          also.run();
        };
  }

  /** Whether the job is still running. */
  public boolean running() {
    return ended.getCount() > 0;
  }

  @Override
  public SandboxId id() {
    return spec.id();
  }

  @Override
  public InputStream console(long fromByte) throws IOException {
    if (closed) {
      throw new IOException("The console of sandbox " + id() + " is gone, it has been closed");
    }
    return console.stream(fromByte);
  }

  @Override
  public Exit await() throws InterruptedException {
    ended.await();
    var how = exit.get();
    return how == null ? new Exit.Crashed("it ended without saying how") : how;
  }

  @Override
  public void stop(Duration grace) {
    if (!stubborn) {
      end(new Exit.Exited(TERMINATED));
      return;
    }
    Thread.ofVirtual().start(() -> killAfter(grace));
  }

  @Override
  public Usage usage() {
    return usage;
  }

  @Override
  public void close() {
    end(new Exit.Exited(KILLED));
    closed = true;
    forget.run();
  }

  private void killAfter(Duration grace) {
    try {
      if (!ended.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        end(new Exit.Exited(KILLED));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
