package dev.nimbus.e2e.simulation;

import java.util.function.Consumer;

/** What to do with an answer, and without one. */
record Hearing<R>(Consumer<R> answered, Runnable unanswered) implements Network.Answered<R> {
  @Override
  public void with(R answer) {
    answered.accept(answer);
  }

  @Override
  public void never() {
    unanswered.run();
  }
}
