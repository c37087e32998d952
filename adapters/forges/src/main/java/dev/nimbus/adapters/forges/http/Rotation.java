package dev.nimbus.adapters.forges.http;

import dev.nimbus.core.error.NimbusException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Several credentials for one account, each with a budget of its own. A call goes to the one that
 * may make it soonest, and of those to the one with most left; one that cannot make it is passed
 * over.
 */
public final class Rotation implements ForgeApi {
  private static final int UNAUTHORIZED = 401;

  private final List<Member> members;

  public Rotation(List<Member> members) {
    this.members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("A rotation needs a credential");
    }
  }

  @Override
  public Sent attempt(Call call) {
    var failures = new ArrayList<NimbusException>();
    var sent = new ArrayList<Sent>();
    for (var member : inOrder(call)) {
      try {
        var one = member.attempt(call);
        if (one instanceof Sent.Answered(var reply) && reply.status() != UNAUTHORIZED) {
          return one;
        }
        sent.add(one);
      } catch (NimbusException e) {
        failures.add(e);
        if (!passOver(e)) {
          break;
        }
      }
    }
    return best(sent).orElseThrow(failures::getFirst);
  }

  /** Where nothing was done for certain, another may try. */
  private static boolean passOver(NimbusException failure) {
    return failure.code().equals(HttpForgeApi.Credentials.NONE);
  }

  /** Coming back soonest is better than being refused. */
  private static Optional<Sent> best(List<Sent> sent) {
    return sent.stream()
        .min(
            Comparator.comparing(
                one -> one instanceof Sent.Later later ? later.notBefore() : Instant.MAX));
  }

  private List<Member> inOrder(Call call) {
    record Ranked(Member member, Instant opens, long left) {}
    return members.stream()
        .map(member -> new Ranked(member, member.opens(call), left(member)))
        .sorted(
            Comparator.comparing(Ranked::opens)
                .thenComparing(Comparator.comparingLong(Ranked::left).reversed()))
        .map(Ranked::member)
        .toList();
  }

  /** What is left of its scarcest bucket; much when the forge did not say yet. */
  private static long left(Member member) {
    return member.remaining().values().stream().min(Long::compare).orElse(Long.MAX_VALUE);
  }

  /** One credential. */
  public interface Member extends ForgeApi {
    /** From when on it may make a call, as far as is known now. */
    Instant opens(Call call);

    /** Calls left by bucket, as far as the forge said. */
    Map<String, Long> remaining();
  }
}
