package dev.nimbus.hostagent.notice;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Where a provider tells a machine that it takes it back. */
@FunctionalInterface
public interface NoticeSource {
  /** Every cloud has its metadata service at this address. */
  URI USUAL = URI.create("http://169.254.169.254");

  /** What it says now; empty for nothing, also where it does not answer. */
  Optional<Notice> look(Instant now);

  /**
   * The metadata service of a provider.
   *
   * @param provider {@code aws}, {@code gcp} or {@code azure}; empty for one that gives no notice
   */
  static NoticeSource of(String provider, URI base) {
    return switch (provider) {
      case "" -> _ -> Optional.empty();
      case "aws" -> new AwsNotices(new MetadataService(base));
      case "gcp" -> new GcpNotices(new MetadataService(base));
      case "azure" -> new AzureNotices(new MetadataService(base));
      default ->
          throw new IllegalArgumentException(
              "Not a provider that gives notice: '" + provider + "' (aws, gcp, azure or none)");
    };
  }
}
