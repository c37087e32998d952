package dev.nimbus.testkit.forge;

import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.Delivery;
import dev.nimbus.core.forge.ForgeJobKey;
import dev.nimbus.core.forge.RunnerLaunch;
import dev.nimbus.core.id.Repository;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A forge that lives in memory, speaks a real one's protocol over HTTP on this machine and keeps
 * its rules. Besides the protocol it has what workflows, people and runner programs do, and faults.
 * Its time is the test's. Thread-safe.
 */
public interface FakeForge extends AutoCloseable {
  /** The account the connection is for. */
  String OWNER = "acme";

  /** What most call the secret webhooks are signed with. */
  String WEBHOOK_SECRET = "webhook_secret";

  /** A connection to {@link #OWNER} and all its repositories, with every permission needed. */
  Connection connection();

  /** What the connection is opened with: credentials and {@link #webhookSecret}. */
  Map<String, String> secrets();

  /** The name of the secret webhooks are signed with; names that begin with it are as good. */
  default String webhookSecret() {
    return WEBHOOK_SECRET;
  }

  /** A secret webhooks may be signed with, which is not the one they are. */
  default String anotherSecret() {
    return "the next secret";
  }

  /** Creates a repository, such as {@code acme/shop}; only {@link #OWNER}'s are connected. */
  Repository repository(String fullName);

  /** A workflow asks for a job: it waits from now on, and a webhook says so. */
  ForgeJobKey queue(Wanted wanted);

  /** A runner of somebody else takes a waiting job. */
  void steal(ForgeJobKey job, String runner);

  /** Whoever runs the job ends it well; a forge that forgets runners after a job forgets this. */
  void finish(ForgeJobKey job);

  /** A person cancels a job, waiting or running. */
  void cancel(ForgeJobKey job);

  /** A person runs a job that is over again; it waits once more. */
  ForgeJobKey rerun(ForgeJobKey job);

  /**
   * Starts a runner's program with what it is given: it connects, takes the oldest waiting job that
   * fits and is busy with it. Empty when its credential is not, or no longer, good, or no job fits.
   */
  Optional<ForgeJobKey> run(RunnerLaunch launch);

  /** The names of all runners registered now. */
  List<String> runners();

  /** Somebody registers a runner that is not ours. */
  void addRunner(String name);

  /** What people see at the job of why it will not be served; empty when nothing was said. */
  String saidOf(ForgeJobKey job);

  /** Every webhook sent so far, in order, as its receiver gets it. */
  List<Delivery> sent();

  /** The same delivery with another body, signed with a secret as the forge signs. */
  Delivery signed(Delivery like, byte[] body, String secret);

  /** Behaves badly from now on, besides how it does already. */
  void suffer(Fault fault);

  /** Behaves well again. */
  void recover();

  /** Cannot be reached any more. */
  @Override
  void close();
}
