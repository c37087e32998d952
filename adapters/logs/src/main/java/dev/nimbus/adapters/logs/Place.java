package dev.nimbus.adapters.logs;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.log.LogQuery.Scope;
import dev.nimbus.core.log.Position;

/** How far a query got: a position in a job, which has a number in this store. */
record Place(long job, Position position) {
  static final Place BEFORE_ALL = new Place(Long.MAX_VALUE, Position.START);

  /** Reads a cursor; an empty one is the beginning. */
  static Place parse(String cursor) {
    if (cursor.isEmpty()) {
      return BEFORE_ALL;
    }
    try {
      var colon = cursor.indexOf(':');
      var job = Long.parseLong(cursor.substring(0, Math.max(colon, 0)));
      return new Place(job, Position.parse(cursor.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new NimbusException(Kind.INVALID, "Cannot go on after '" + cursor + "'", e);
    }
  }

  /** The rest of a scope from here on. */
  Scope rest(Scope scope) {
    return switch (scope) {
      case Scope.OneJob(var name, _) -> new Scope.OneJob(name, position);
      case Scope.Everything _ -> new Scope.Everything(job + ":" + position);
    };
  }
}
