package dev.nimbus.hostagent.run;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Executor;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.executor.Probe;
import dev.nimbus.core.executor.SandboxSpec;
import dev.nimbus.core.executor.Usage;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Size;
import dev.nimbus.hostagent.ship.FakeConsole;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sandboxes a test prints from and ends by hand. They outlive the agent. */
public final class FakeExecutor implements Executor {
  private static final long PATIENCE_SECONDS = 15;
  private static final Size MACHINE = new Size(4_000, 4L << 30);

  private final Map<SandboxId, Box> boxes = new ConcurrentHashMap<>();
  private final List<SandboxSpec> specs = new ArrayList<>();
  private volatile boolean broken;
  private volatile Probe probe = new Probe(Probe.Readiness.READY, MACHINE, List.of());
  private volatile boolean obedient = true;

  /** Every start fails from now on, or works again. */
  public void broken(boolean now) {
    broken = now;
  }

  /** Jobs ignore being asked politely. */
  public void stubborn() {
    obedient = false;
  }

  public void probe(Probe other) {
    probe = other;
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Probe probe() {
    return probe;
  }

  @Override
  public Sandbox start(SandboxSpec spec) {
    if (broken) {
      throw new NimbusException(Kind.UNAVAILABLE, "no space left");
    }
    synchronized (specs) {
      specs.add(spec);
      var box = new Box(spec);
      boxes.put(spec.id(), box);
      specs.notifyAll();
      return box;
    }
  }

  @Override
  public List<SandboxId> found() {
    return List.copyOf(boxes.keySet());
  }

  @Override
  public Optional<Sandbox> adopt(SandboxId id) {
    return Optional.ofNullable(boxes.get(id));
  }

  @Override
  public List<String> sweep(List<SandboxId> keep) {
    var swept = new ArrayList<String>();
    for (var box : List.copyOf(boxes.values())) {
      if (!keep.contains(box.id())) {
        box.close();
        swept.add("sandbox " + box.id());
      }
    }
    return swept;
  }

  /** Sandboxes whose job has not ended. */
  public List<Box> living() {
    return boxes.values().stream().filter(Box::alive).toList();
  }

  public List<SandboxSpec> specs() {
    synchronized (specs) {
      return List.copyOf(specs);
    }
  }

  /** The sandbox, once it is started. */
  public Box box(SandboxId id) throws InterruptedException {
    synchronized (specs) {
      var turns = 0;
      for (var box = boxes.get(id); true; box = boxes.get(id)) {
        if (box != null) {
          return box;
        }
        specs.wait(TimeUnit.SECONDS.toMillis(1));
        if (turns++ > PATIENCE_SECONDS) {
          throw new AssertionError("No sandbox " + id + " was started");
        }
      }
    }
  }

  /** The machine crashed: every sandbox is gone. */
  public void forgetAll() {
    boxes.clear();
  }

  /** One sandbox. */
  public final class Box implements Sandbox {
    private final SandboxId id;
    private final Size size;
    private final FakeConsole console = new FakeConsole();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Exit exit = new Exit.Crashed("not ended");
    private final List<Duration> stops = new ArrayList<>();

    private Box(SandboxSpec spec) {
      this.id = spec.id();
      this.size = spec.limits();
    }

    public Size size() {
      return size;
    }

    public Box print(String text) {
      console.print(text);
      return this;
    }

    public void exit(Exit how) {
      synchronized (ended) {
        if (ended.getCount() > 0) {
          exit = how;
          console.end();
          ended.countDown();
        }
      }
    }

    public boolean alive() {
      return ended.getCount() > 0;
    }

    public boolean closed() {
      return boxes.get(id) != this;
    }

    public List<Duration> stops() {
      synchronized (stops) {
        return List.copyOf(stops);
      }
    }

    @Override
    public SandboxId id() {
      return id;
    }

    @Override
    public InputStream console(long fromByte) throws IOException {
      return console.open(fromByte);
    }

    @Override
    public Exit await() throws InterruptedException {
      ended.await();
      return exit;
    }

    @Override
    public void stop(Duration grace) {
      synchronized (stops) {
        stops.add(grace);
      }
      if (grace.isZero()) {
        exit(new Exit.Exited(137));
      } else if (obedient) {
        exit(new Exit.Exited(143));
      }
    }

    @Override
    public Usage usage() {
      return Usage.UNKNOWN;
    }

    @Override
    public void close() {
      exit(new Exit.Exited(137));
      boxes.remove(id, this);
    }
  }
}
