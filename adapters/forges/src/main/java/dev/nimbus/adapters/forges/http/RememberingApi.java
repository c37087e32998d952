package dev.nimbus.adapters.forges.http;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers answers to polls and asks only whether they changed: a forge that answers 304 does not
 * count the call. Bounded; what was not used for longest is forgotten first.
 */
public final class RememberingApi implements Rotation.Member {
  private static final int NOT_MODIFIED = 304;
  private static final int OK = 200;

  private final Rotation.Member api;
  private final int mostBytes;
  private final LinkedHashMap<String, Reply> answers = new LinkedHashMap<>(16, 0.75f, true);
  private int bytes;

  /**
   * @param mostBytes of bodies that are remembered
   */
  public RememberingApi(Rotation.Member api, int mostBytes) {
    this.api = api;
    this.mostBytes = mostBytes;
  }

  @Override
  public Sent attempt(Call call) {
    if (!call.safe() || call.purpose() != Call.Purpose.POLL) {
      return api.attempt(call);
    }
    var known = known(call.path());
    var asked = known.map(reply -> call.with("If-None-Match", reply.header("etag"))).orElse(call);
    var sent = api.attempt(asked);
    if (!(sent instanceof Sent.Answered(var reply))) {
      return sent;
    }
    if (reply.status() == NOT_MODIFIED && known.isPresent()) {
      return new Sent.Answered(known.get());
    }
    remember(call.path(), reply);
    return sent;
  }

  @Override
  public Instant opens(Call call) {
    return api.opens(call);
  }

  @Override
  public Map<String, Long> remaining() {
    return api.remaining();
  }

  private synchronized Optional<Reply> known(String path) {
    return Optional.ofNullable(answers.get(path));
  }

  private synchronized void remember(String path, Reply reply) {
    forget(answers.remove(path));
    if (reply.status() != OK || reply.header("etag").isEmpty() || reply.body().length > mostBytes) {
      return;
    }
    answers.put(path, reply);
    bytes += reply.body().length;
    var oldest = answers.values().iterator();
    while (bytes > mostBytes) {
      bytes -= oldest.next().body().length;
      oldest.remove();
    }
  }

  private void forget(@Nullable Reply reply) {
    bytes -= reply == null ? 0 : reply.body().length;
  }
}
