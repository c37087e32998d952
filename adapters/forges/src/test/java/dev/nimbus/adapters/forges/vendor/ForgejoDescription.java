package dev.nimbus.adapters.forges.vendor;

import dev.nimbus.testkit.tool.VendorFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Forgejo's description of its API, as it is being developed. */
final class ForgejoDescription {
  private static final String BASE = "\"basePath\": \"/api/v1\"";
  private static final String LIST_OF_JOBS =
      "\"RunJobList\":{\"content\":{\"application/json\":{\"schema\":{";

  private ForgejoDescription() {}

  static Description read() {
    var file = VendorFile.of("forgejo/swagger.v1.json", "cargo, see .ci/run");
    try {
      var text = Files.readString(file);
      if (!text.contains(BASE)) {
        throw new IllegalStateException(file + " does not describe what is below /api/v1");
      }
      return new Description(withNoJobs(OldFormat.renewed(text)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** Where no job waits, Forgejo answers null, which its description does not say. */
  private static String withNoJobs(String description) {
    if (!description.contains(LIST_OF_JOBS)) {
      throw new IllegalStateException("No list of jobs is described as it was");
    }
    return description.replace(LIST_OF_JOBS, LIST_OF_JOBS + "\"nullable\":true,");
  }
}
