package dev.nimbus.hostagent.ship;

import dev.nimbus.api.client.LogClient;
import dev.nimbus.api.log.LogBatch;
import dev.nimbus.api.log.LogLine;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.SandboxId;
import java.net.URI;
import java.util.List;

/** The logging pipeline over HTTP. */
public final class HttpLogSinks implements LogSinks {
  @Override
  public LogSink open(SandboxId id, String logsUrl, LogToken token) {
    if (logsUrl.isEmpty()) {
      return lines -> new LogSink.Receipt.Stored(lines.getLast().sequence());
    }
    return new HttpLogSink(id, new LogClient(URI.create(logsUrl), token::current), token);
  }

  private record HttpLogSink(SandboxId id, LogClient client, LogToken token) implements LogSink {
    @Override
    public Receipt send(List<LogLine> lines) {
      try {
        token.current();
      } catch (NimbusException e) {
        if (LogToken.forGood(e)) {
          return new Receipt.Unwanted(String.valueOf(e.getMessage()));
        }
        throw e;
      }
      return append(lines);
    }

    private Receipt append(List<LogLine> lines) {
      try {
        var receipt = client.append(new LogBatch(id.job().value(), id.fence().value(), lines));
        return new Receipt.Stored(
            receipt.attempt() > id.fence().value()
                ? lines.getLast().sequence()
                : receipt.lastSequence());
      } catch (NimbusException e) {
        if (e.kind() == Kind.DENIED) {
          token.refused();
        }
        throw e;
      }
    }
  }
}
