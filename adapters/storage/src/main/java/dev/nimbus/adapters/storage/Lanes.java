package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.Repository;
import dev.nimbus.core.job.Requirements;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The lanes of the queue. Granting looks at the heads of lanes only, oldest first, so that its cost
 * does not grow with the number of waiting jobs.
 */
final class Lanes {
  /** So many lanes of one tenant may hold jobs; granting may have to look at each of them. */
  static final int MOST_PER_ORG = 1_000;

  /** Why such a tenant's next job is refused. */
  static final String FULL =
      "the tenant has jobs of %d kinds waiting, as many as it may".formatted(MOST_PER_ORG);

  static final String LEFT =
      """
      UPDATE lane
         SET head = (SELECT min(seq)
                       FROM job
                      WHERE lane_id = ? AND state = 'waiting' AND seq > ?)
       WHERE lane_id = ? AND head = ?
      """;

  private static final int LONGEST_PLAIN_SHAPE = 120;

  /** Jobs that are postponed have a lane of their own, so that they hold up no others. */
  private static final String POSTPONED = "postponed ";

  private Lanes() {}

  /** The lane for such jobs, made where it is missing. */
  static Lane open(Session session, OrgId org, Repository repository, Requirements wanted)
      throws SQLException {
    return open(session, new Place(org, repository, wanted, ""));
  }

  /**
   * The lane for such jobs that are to be granted to nobody before then. It has one time for all of
   * them, the latest: what refused one mostly refuses the others.
   */
  static Lane openPostponed(
      Session session, OrgId org, Repository repository, Requirements wanted, Instant notBefore)
      throws SQLException {
    var lane = open(session, new Place(org, repository, wanted, POSTPONED));
    session.update(
        "UPDATE lane SET not_before = ? WHERE lane_id = ? AND not_before < ?",
        notBefore,
        lane.id(),
        notBefore);
    return lane;
  }

  /** Like {@link #open}, but empty where the tenant would have too many lanes in use. */
  static Optional<Lane> openBounded(
      Session session, OrgId org, Repository repository, Requirements wanted) throws SQLException {
    var place = new Place(org, repository, wanted, "");
    var found = find(session, place);
    if (found.filter(lane -> !lane.empty()).isPresent()) {
      return found;
    }
    if (full(session, org)) {
      return Optional.empty();
    }
    return found.isPresent() ? found : Optional.of(create(session, place));
  }

  /** Notes that a job waits in a lane from now on. */
  static void joined(Session session, Lane lane, long seq) throws SQLException {
    if (lane.empty() || seq < lane.head()) {
      session.update("UPDATE lane SET head = ? WHERE lane_id = ?", seq, lane.id());
    }
  }

  /** Notes that a job does not wait in a lane any more. */
  static void left(Session session, long lane, long seq) throws SQLException {
    session.update(LEFT, lane, seq, lane, seq);
  }

  private static boolean full(Session session, OrgId org) throws SQLException {
    var used =
        session.number(
            "SELECT count(*) FROM lane WHERE org_id = ? AND head IS NOT NULL", org.value());
    return used >= MOST_PER_ORG;
  }

  private static Lane open(Session session, Place place) throws SQLException {
    var found = find(session, place);
    return found.isPresent() ? found.get() : create(session, place);
  }

  private static Optional<Lane> find(Session session, Place place) throws SQLException {
    return session.first(
        """
        SELECT lane_id, head
          FROM lane
         WHERE org_id = ? AND repository = ? AND shape = ?
        """,
        row -> new Lane(row.number(), row.number()),
        place.org.value(),
        place.repository.value(),
        place.shape());
  }

  private static Lane create(Session session, Place place) throws SQLException {
    var wanted = place.wanted;
    session.update(
        """
        INSERT INTO repository (org_id, repository, running)
        VALUES (?, ?, 0)
        ON CONFLICT DO NOTHING
        """,
        place.org.value(),
        place.repository.value());
    var lane =
        session.number(
            """
            INSERT INTO lane (org_id, repository, shape, labels, milli_cpus, memory_bytes)
            VALUES (?, ?, ?, ?, ?, ?)
            RETURNING lane_id
            """,
            place.org.value(),
            place.repository.value(),
            place.shape(),
            StoredLabels.text(wanted.labels()),
            wanted.size().milliCpus(),
            wanted.size().memoryBytes());
    for (var label : wanted.labels().values()) {
      session.update(
          "INSERT INTO lane_label (lane_id, label) VALUES (?, ?)", lane, StoredLabels.part(label));
    }
    return new Lane(lane, 0);
  }

  /**
   * What the jobs of a lane have in common.
   *
   * @param prefix of the shapes of lanes that are apart from the others
   */
  private record Place(OrgId org, Repository repository, Requirements wanted, String prefix) {
    /** In few enough characters for an index. */
    String shape() {
      var size = wanted.size();
      var plain = size.milliCpus() + "/" + size.memoryBytes() + "/" + wanted.labels();
      return prefix + (plain.length() <= LONGEST_PLAIN_SHAPE ? plain : digest(plain));
    }
  }

  private static String digest(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
