package dev.nimbus.adapters.azure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What one may do on a scope, as the roles given there add up.
 *
 * @param roles each allows some actions, other than some of them
 */
record Permissions(List<Role> roles) {
  Permissions {
    roles = List.copyOf(roles);
  }

  static Permissions read(Json answer) {
    var roles = new ArrayList<Role>();
    for (var one : answer.all("value")) {
      roles.add(
          new Role(
              one.all("actions").stream().map(Json::text).toList(),
              one.all("notActions").stream().map(Json::text).toList()));
    }
    return new Permissions(roles);
  }

  boolean allow(Action action) {
    return roles.stream().anyMatch(role -> role.allows(action.rbac()));
  }

  /** What one role says, with {@code *} for anything. */
  record Role(List<String> actions, List<String> except) {
    Role {
      actions = List.copyOf(actions);
      except = List.copyOf(except);
    }

    boolean allows(String action) {
      return fits(actions, action) && !fits(except, action);
    }

    private static boolean fits(List<String> patterns, String action) {
      return patterns.stream()
          .map(one -> one.toLowerCase(Locale.ROOT).split("\\*", -1))
          .map(parts -> String.join(".*", List.of(parts).stream().map(Pattern::quote).toList()))
          .anyMatch(form -> action.toLowerCase(Locale.ROOT).matches(form));
    }
  }
}
