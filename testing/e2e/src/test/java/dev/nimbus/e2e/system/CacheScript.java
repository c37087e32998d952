package dev.nimbus.e2e.system;

/** What a job does that uses its cache with nothing but the shell of a bare system. */
final class CacheScript {
  /** Defines {@code ask METHOD KEY [CONTENT]}, which prints the whole answer. */
  static final String ASK =
      """
      ask() {
        local at=${NIMBUS_CACHE_URL#http://}
        exec 3<>"/dev/tcp/${at%:*}/${at##*:}"
        printf '%s /cache/%s HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\n' "$1" "$2" "$at" >&3
        printf 'Authorization: Bearer %s\\r\\n' "${TOKEN:-$NIMBUS_CACHE_TOKEN}" >&3
        printf 'Content-Length: %s\\r\\n\\r\\n%s' "${#3}" "$3" >&3
        tr -d '\\r' <&3
      }
      """;

  /** Leaves its own token in the cache, for somebody who should not have it. */
  static final String LEAVE_TOKEN = ASK + "ask PUT stolen \"$NIMBUS_CACHE_TOKEN\" | head -n 1";

  /** Uses the token another job left there until it is refused. */
  static final String USE_TOKEN =
      ASK
          + """
          stolen=$(ask GET stolen | tail -n 1)
          echo "found ${#stolen}"
          until TOKEN=$stolen ask GET stolen | head -n 1 | grep -q ' 401 '; do sleep 0.1; done
          echo refused
          """;

  private CacheScript() {}
}
