package dev.nimbus.testkit.executor;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Executor;
import dev.nimbus.core.executor.Exit;
import dev.nimbus.core.executor.Probe;
import dev.nimbus.core.executor.SandboxSpec;
import dev.nimbus.core.id.SandboxId;
import dev.nimbus.core.job.Size;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * An executor whose sandboxes live in memory. A command is a list of steps: {@code print:TEXT},
 * {@code file:NAME} and {@code variable:NAME} to print one, {@code exit:CODE}, {@code hang} until
 * told to end, {@code stubborn} until killed, {@code oom}, {@code fill}, {@code crash:WHY}; {@code
 * true} and {@code false} are what they are everywhere. Tests may also take a {@link #sandbox} in
 * hand themselves.
 */
public final class MemoryExecutor implements Executor {
  private static final long GIB = 1024L * 1024 * 1024;
  private static final int NOT_FOUND = 127;

  /** The host, which outlives any life of the agent on it. */
  private final Map<SandboxId, MemorySandbox> sandboxes;

  private final Queue<NimbusException> refusals = new ConcurrentLinkedQueue<>();
  private final Queue<Hang> hangs = new ConcurrentLinkedQueue<>();
  private volatile Probe probe =
      new Probe(Probe.Readiness.READY, new Size(4_000, 8 * GIB), List.of());

  public MemoryExecutor() {
    this(new ConcurrentSkipListMap<>(Comparator.comparing(SandboxId::name)));
  }

  private MemoryExecutor(Map<SandboxId, MemorySandbox> sandboxes) {
    this.sandboxes = sandboxes;
  }

  /** An executor as the next life of the agent would open it on the same host. */
  public MemoryExecutor nextLife() {
    return new MemoryExecutor(sandboxes);
  }

  /** Makes the next start fail; more than one are used up in order. */
  public void refuseNextStart(NimbusException refusal) {
    refusals.add(refusal);
  }

  /** Makes the next start hang before there is anything of its sandbox, until it is let go on. */
  public Hang hangNextStart() {
    var hang = new Hang(false);
    hangs.add(hang);
    return hang;
  }

  /** Makes the next start hang with its sandbox half made, until it is closed or let go on. */
  public Hang hangNextStartHalfMade() {
    var hang = new Hang(true);
    hangs.add(hang);
    return hang;
  }

  /** A start that hangs. */
  public static final class Hang {
    private final boolean halfMade;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean begun;

    private Hang(boolean halfMade) {
      this.halfMade = halfMade;
    }

    /** Whether the start hangs by now. */
    public boolean begun() {
      return begun;
    }

    public void letGoOn() {
      over.countDown();
    }

    private void await(SandboxId id) {
      begun = true;
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new NimbusException(
            Kind.UNAVAILABLE, "Cannot start sandbox '" + id + "': interrupted", e);
      }
    }
  }

  /** Sets what {@link #probe()} answers. */
  public void answerProbe(Probe answer) {
    probe = answer;
  }

  /** The sandbox of this name, to be told what happens in it. */
  public MemorySandbox sandbox(SandboxId id) {
    var sandbox = sandboxes.get(id);
    if (sandbox == null) {
      throw new IllegalStateException("There is no sandbox " + id);
    }
    return sandbox;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Probe probe() {
    return probe;
  }

  @Override
  public Sandbox start(SandboxSpec spec) {
    var refusal = refusals.poll();
    if (refusal != null) {
      throw refusal;
    }
    var hang = Optional.ofNullable(hangs.poll());
    hang.filter(one -> !one.halfMade).ifPresent(one -> one.await(spec.id()));
    var sandbox = new MemorySandbox(spec, () -> sandboxes.remove(spec.id()));
    if (sandboxes.putIfAbsent(spec.id(), sandbox) != null) {
      throw new NimbusException(
          Kind.CONFLICT, "Cannot start sandbox '" + spec.id() + "': it exists already");
    }
    hang.filter(one -> one.halfMade).ifPresent(one -> finish(sandbox, one));
    if (spec.job().command().stream().allMatch(step -> perform(sandbox, step))) {
      sandbox.end(new Exit.Exited(0));
    }
    return sandbox;
  }

  @Override
  public List<SandboxId> found() {
    return List.copyOf(sandboxes.keySet());
  }

  @Override
  public Optional<Sandbox> adopt(SandboxId id) {
    return Optional.ofNullable(sandboxes.get(id));
  }

  @Override
  public List<String> sweep(List<SandboxId> keep) {
    var doomed =
        sandboxes.keySet().stream().filter(id -> !keep.contains(id)).collect(Collectors.toList());
    doomed.forEach(id -> sandbox(id).close());
    return doomed.stream().map(id -> "sandbox " + id).toList();
  }

  /** Goes on with a sandbox that was half made, unless somebody closed it meanwhile. */
  private void finish(MemorySandbox sandbox, Hang hang) {
    sandbox.onClose(hang::letGoOn);
    hang.await(sandbox.id());
    if (!sandboxes.containsValue(sandbox)) {
      throw new NimbusException(
          Kind.UNAVAILABLE, "Cannot start sandbox '" + sandbox.id() + "': it was closed");
    }
  }

  private static String variable(SandboxSpec spec, String name) {
    var job = spec.job().environment().getOrDefault(name, "");
    return spec.equipment().environment().getOrDefault(name, job);
  }

  /** Does one step and says whether the next may follow. */
  private static boolean perform(MemorySandbox sandbox, String step) {
    var colon = step.indexOf(':');
    var value = step.substring(colon + 1);
    switch (colon < 0 ? step : step.substring(0, colon)) {
      case "true" -> {}
      case "print" -> sandbox.print(value);
      case "file" -> sandbox.print(sandbox.spec().equipment().files().getOrDefault(value, ""));
      case "variable" -> sandbox.print(variable(sandbox.spec(), value));
      case "exit" -> sandbox.end(new Exit.Exited(Integer.parseInt(value)));
      case "false" -> sandbox.end(new Exit.Exited(1));
      case "fill" -> sandbox.end(new Exit.OverDisk(sandbox.spec().disk().workspaceBytes()));
      case "oom" -> sandbox.end(new Exit.OutOfMemory());
      case "crash" -> sandbox.end(new Exit.Crashed(value));
      case "stubborn" -> sandbox.ignoreRequests();
      case "hang" -> {}
      default -> {
        sandbox.print("nimbus: cannot run '" + step + "': not found\n");
        sandbox.end(new Exit.Exited(NOT_FOUND));
      }
    }
    return sandbox.running() && !step.equals("hang") && !step.equals("stubborn");
  }
}
