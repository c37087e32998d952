package dev.nimbus.adapters.azure;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a machine is: {@code westeurope-1}, or {@code westeurope} where Azure chooses.
 *
 * @param zone empty for none
 */
record Place(String location, String zone) {
  private static final Pattern FORM = Pattern.compile("(" + Form.LOCATION + ")(?:-([1-9]))?");

  static Optional<Place> parse(String text) {
    var parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(new Place(parts.group(1), parts.group(2) == null ? "" : parts.group(2)))
        : Optional.empty();
  }

  /** The same of what Azure says of something. */
  static Place of(@Nullable String location, @Nullable List<String> zones) {
    var plain = location == null ? "" : location.replace(" ", "").toLowerCase(Locale.ROOT);
    return new Place(plain, zones == null || zones.isEmpty() ? "" : zones.getFirst());
  }

  @Override
  public String toString() {
    return zone.isEmpty() ? location : location + "-" + zone;
  }
}
