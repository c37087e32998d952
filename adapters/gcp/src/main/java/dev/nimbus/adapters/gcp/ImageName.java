package dev.nimbus.adapters.gcp;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image, or the newest of a family.
 *
 * @param project it is in; empty for the account's own
 * @param name of the image or the family
 */
record ImageName(String project, boolean family, String name) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?:projects/)?("
              + Form.PROJECT
              + ")/(?:global/images/)?)?(family/)?("
              + Form.NAME
              + ")");

  /**
   * Reads {@code image} or {@code family/name}, either with a project before it, also as Google
   * writes it whole: {@code projects/debian-cloud/global/images/family/debian-12}.
   */
  static Optional<ImageName> parse(String text) {
    var found = FORM.matcher(text);
    if (!found.matches() || "family".equals(found.group(1))) {
      return familyOf(text);
    }
    var project = found.group(1) == null ? "" : found.group(1);
    return Optional.of(new ImageName(project, found.group(2) != null, found.group(3)));
  }

  /** Where it is, for Google. */
  String path(String ownProject) {
    return "projects/%s/global/images/%s%s"
        .formatted(projectOr(ownProject), family ? "family/" : "", name);
  }

  String projectOr(String ownProject) {
    return project.isEmpty() ? ownProject : project;
  }

  /**
   * {@code family/name} reads as an image in a project called family as well, which is not meant.
   */
  private static Optional<ImageName> familyOf(String text) {
    var name = text.startsWith("family/") ? text.substring("family/".length()) : "";
    return name.matches(Form.NAME) ? Optional.of(new ImageName("", true, name)) : Optional.empty();
  }
}
