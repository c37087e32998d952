package dev.nimbus.adapters.forges.github.scaleset;

import dev.nimbus.adapters.forges.http.Reply;
import dev.nimbus.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What scale sets are spoken of in, as far as it is read. Everything may be absent. */
final class Wire {
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private Wire() {}

  record RegistrationToken(@Nullable String token) {}

  record Registering(String url, String runnerEvent) {}

  record AdminLink(@Nullable String url, @Nullable String token) {}

  record Claims(@Nullable Long exp) {}

  record Label(@Nullable String name, @Nullable String type) {}

  record Setting(boolean disableUpdate) {}

  record NewSet(String name, long runnerGroupId, List<Label> labels, Setting runnerSetting) {}

  record KnownSet(
      @Nullable Long id,
      @Nullable String name,
      @Nullable List<@Nullable Label> labels,
      @Nullable Statistics statistics) {}

  record Sets(@Nullable List<@Nullable KnownSet> value) {}

  record Group(@Nullable Long id, @Nullable String name) {}

  record Groups(@Nullable List<@Nullable Group> value) {}

  record NewSession(String ownerName) {}

  record Session(
      @Nullable String sessionId,
      @Nullable String messageQueueUrl,
      @Nullable String messageQueueAccessToken,
      @Nullable Statistics statistics) {}

  record Statistics(
      @Nullable Integer totalAvailableJobs,
      @Nullable Integer totalAcquiredJobs,
      @Nullable Integer totalAssignedJobs,
      @Nullable Integer totalRunningJobs,
      @Nullable Integer totalRegisteredRunners,
      @Nullable Integer totalBusyRunners,
      @Nullable Integer totalIdleRunners) {}

  record Message(
      @Nullable Long messageId,
      @Nullable String messageType,
      @Nullable String body,
      @Nullable Statistics statistics) {}

  record JobMessage(
      @Nullable String messageType,
      @Nullable Long runnerRequestId,
      @Nullable String repositoryName,
      @Nullable String ownerName,
      @Nullable String jobId,
      @Nullable String jobWorkflowRef,
      @Nullable String jobDisplayName,
      @Nullable Long workflowRunId,
      @Nullable String eventName,
      @Nullable List<@Nullable String> requestLabels,
      @Nullable String queueTime,
      @Nullable String scaleSetAssignTime,
      @Nullable String runnerName,
      @Nullable String result) {}

  record Acquired(@Nullable List<@Nullable Long> value) {}

  record NewRunner(String name, String workFolder) {}

  record Runner(@Nullable Long id, @Nullable String name) {}

  record Jit(@Nullable Runner runner, @Nullable String encodedJITConfig) {}

  record Problem(@Nullable String typeName, @Nullable String message) {}

  static <T> T read(Reply reply, Class<T> type) {
    return Json.readCamel(unmarked(reply.body()), type);
  }

  /** Documents may begin with a byte order mark, which is no part of them. */
  static byte[] unmarked(byte[] body) {
    return body.length >= MARK.length && Arrays.equals(body, 0, MARK.length, MARK, 0, MARK.length)
        ? Arrays.copyOfRange(body, MARK.length, body.length)
        : body;
  }

  static <T> List<T> all(@Nullable List<? extends @Nullable T> list) {
    var present = new ArrayList<T>();
    if (list != null) {
      for (T item : list) {
        if (item != null) {
          present.add(item);
        }
      }
    }
    return present;
  }

  static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
