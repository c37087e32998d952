package dev.nimbus.cli.policy;

import dev.nimbus.cli.command.WrongUsage;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/** The file that says which job a policy is tried on. */
final class EventFile {
  private static final int MAX_BYTES = 32 << 20;

  private final String name;
  private final byte[] contents;

  private EventFile(String name, byte[] contents) {
    this.name = name;
    this.contents = contents;
  }

  static EventFile read(String name) {
    try (var in = Files.newInputStream(Path.of(name))) {
      var contents = in.readNBytes(MAX_BYTES + 1);
      if (contents.length > MAX_BYTES) {
        throw wrong(name, "it is larger than " + MAX_BYTES + " bytes");
      }
      return new EventFile(name, contents);
    } catch (NoSuchFileException _) {
      throw wrong(name, "there is no such file");
    } catch (IOException | InvalidPathException e) {
      throw wrong(name, String.valueOf(e.getMessage()));
    }
  }

  /** The job it describes in our own words. */
  ForgeJob described(Instant now) {
    try {
      return Json.readStrict(contents, DescribedJob.class).job(now);
    } catch (NimbusException | IllegalArgumentException e) {
      throw wrong(name, e.getMessage() + " (the body of a webhook needs --forge)");
    }
  }

  /** The job that a forge's webhook is about. */
  ForgeJob announced(ForgeKind forge, WebhookBody reader, Instant now) {
    try {
      return reader.read(forge, contents, now);
    } catch (NimbusException | IllegalArgumentException e) {
      throw wrong(name, String.valueOf(e.getMessage()));
    }
  }

  /** Wrong usage and not a failure, as a failure would look like a denial. */
  private static WrongUsage wrong(String name, String why) {
    return new WrongUsage("Cannot read event '" + name + "': " + why);
  }
}
