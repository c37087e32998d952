package dev.nimbus.testkit.provider.gcp;

import dev.nimbus.testkit.tool.VendorFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What Google says of its interfaces, as its own client for Python carries it. */
public final class Google {
  private static final String HOW = "pip install, see .ci/run";

  private final List<Description> descriptions;

  private Google(List<Description> descriptions) {
    this.descriptions = descriptions;
  }

  /** Reads it; a test without it is skipped, or fails on a build server. */
  public static Google read() {
    return new Google(
        List.of(
            Description.read(file("compute.v1.json"), "/compute/v1/"),
            Description.read(file("cloudresourcemanager.v1.json"), "/")));
  }

  /** The Python that has Google's client. */
  public static Path python() {
    return VendorFile.of("gcp/venv/bin/python", HOW);
  }

  /** The method that is meant by a call; empty when there is none. */
  Optional<Description.Found> find(String verb, String path) {
    return descriptions.stream().flatMap(one -> one.find(verb, path).stream()).findFirst();
  }

  private static Path file(String name) {
    return VendorFile.of("gcp/" + name, HOW);
  }
}
