package dev.nimbus.testkit.forge.github;

import dev.nimbus.testkit.forge.Observed;
import dev.nimbus.testkit.forge.github.QueueCalls.Mishap;
import dev.nimbus.testkit.forge.github.SetWorld.Set;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What happens to a fake GitHub's scale sets besides calls. At first it gives out jobs itself, as
 * github.com does, and answers every question at once.
 */
public final class ScaleSets {
  private final SetWorld sets;
  private final Admins admins;
  private final Tenant tenant;
  private final QueueCalls queues;

  private ScaleSets(SetWorld sets, Admins admins, Tenant tenant, QueueCalls queues) {
    this.sets = sets;
    this.admins = admins;
    this.tenant = tenant;
    this.queues = queues;
  }

  /** Adds the call to register with to GitHub's; all others arrive at {@link #answer}. */
  static ScaleSets of(SetWorld sets, URI url, Routes github) {
    var admins = new Admins(sets, url);
    admins.addTo(github);
    var tenant = new Tenant(sets, admins);
    var shapes = new SetShapes(sets, url);
    var queues = new QueueCalls(sets, shapes);
    new SetCalls(sets, shapes).addTo(tenant);
    new SessionCalls(sets, shapes).addTo(tenant);
    new AgentCalls(sets.world()).addTo(tenant);
    queues.addTo(tenant);
    return new ScaleSets(sets, admins, tenant, queues);
  }

  Answer answer(Server.Call call) {
    return tenant.answer(call);
  }

  /** Offers jobs from now on, as an Enterprise Server does: who acquires one has it. */
  public void offerJobs() {
    locked(() -> sets.offer(true));
  }

  /** Whether questions are held until there is something to say, as they are there. */
  public void holdQuestions(boolean hold) {
    locked(() -> sets.hold(hold));
  }

  /** The names of all scale sets. */
  public List<String> names() {
    return asked(() -> sets.all().stream().map(set -> set.name).toList());
  }

  /** The labels of a set. */
  public List<String> labels(String name) {
    return asked(() -> set(name).labels);
  }

  /** Somebody makes a set, of the owner. */
  public void make(String name, List<String> labels) {
    locked(() -> sets.make("/orgs/acme", name, World.DEFAULT_GROUP, labels));
  }

  /** Somebody deletes a set, and with it what its queue holds. */
  public void delete(String name) {
    locked(() -> sets.remove(set(name)));
  }

  /** Who listens to a set; empty when nobody does. */
  public Optional<String> listener(String name) {
    return asked(() -> Optional.ofNullable(set(name).session).map(session -> session.owner));
  }

  /** How many messages of a set were not acknowledged. */
  public int unacknowledged(String name) {
    return asked(() -> set(name).log.size());
  }

  /** Ends every session, as if its time was over. */
  public void killSessions() {
    locked(() -> sets.all().forEach(sets::endSession));
  }

  /** Another program listens to a set in the place of whoever did. */
  public void takeOver(String name, String owner) {
    locked(
        () -> {
          sets.endSession(set(name));
          set(name).session =
              new SetWorld.Session(
                  "another", owner, sets.fresh("queue"), sets.now().plusSeconds(60));
        });
  }

  /** Another program is told of all that waits, acknowledges it and is gone. */
  public void tellSomebodyElse(String name) {
    locked(() -> sets.tellSomebodyElse(set(name)));
  }

  /** Refuses every token of a listener given so far. */
  public void expireQueueTokens() {
    locked(
        () ->
            sets.all().stream()
                .flatMap(set -> Optional.ofNullable(set.session).stream())
                .forEach(session -> session.token = sets.fresh("unknown")));
  }

  /** Refuses every token that changes scale sets given so far. */
  public void expireAdminTokens() {
    locked(admins::expire);
  }

  /** The next acknowledgement is lost: it does nothing, and seems to fail. */
  public void loseAcknowledgement() {
    locked(() -> queues.suffer(Mishap.LOSES_ACKNOWLEDGEMENT));
  }

  /** The answer to the next acknowledgement is lost: it is done, and seems to fail. */
  public void loseAnswer() {
    locked(() -> queues.suffer(Mishap.LOSES_ANSWER));
  }

  /** The next question is answered with nothing at all. */
  public void sayNothing() {
    locked(() -> queues.suffer(Mishap.SAYS_NOTHING));
  }

  /** A runner is gone; the job it took, which it did not begin, waits in its set again. */
  public void loseRunner(String runner) {
    locked(() -> sets.lose(runner));
  }

  /** Tells every call and its answer, on the thread that answers. */
  public void observe(Consumer<Observed> observer) {
    tenant.observe(observer);
  }

  private Set set(String name) {
    return sets.all().stream().filter(set -> set.name.equals(name)).findFirst().orElseThrow();
  }

  private void locked(Runnable happening) {
    asked(
        () -> {
          happening.run();
          return true;
        });
  }

  private <T> T asked(Supplier<T> question) {
    sets.lock().lock();
    try {
      return question.get();
    } finally {
      sets.lock().unlock();
    }
  }
}
