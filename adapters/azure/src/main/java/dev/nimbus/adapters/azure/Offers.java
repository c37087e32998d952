package dev.nimbus.adapters.azure;

import com.azure.core.util.Context;
import com.azure.resourcemanager.compute.fluent.models.ResourceSkuInner;
import com.azure.resourcemanager.compute.fluent.models.UsageInner;
import com.azure.resourcemanager.compute.models.ResourceSkuCapabilities;
import com.azure.resourcemanager.compute.models.ResourceSkuRestrictions;
import com.azure.resourcemanager.compute.models.ResourceSkuRestrictionsType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What Azure offers a subscription in a location: sizes, images, and how much of them. */
final class Offers {
  private static final String MACHINES = "virtualMachines";
  private static final String GENERATIONS = "HyperVGenerations";
  private static final String ARCHITECTURE = "CpuArchitectureType";
  private static final String WITH_TRUST = "V2";
  private static final String GALLERIES = "2024-03-03";
  private static final String IMAGES = "2025-04-01";
  private static final Set<String> COUNTED = Set.of("cores", "virtualmachines");

  private final Arm arm;
  private final Settings settings;
  private final Map<String, List<ResourceSkuInner>> sizes = new HashMap<>();

  Offers(Arm arm, Settings settings) {
    this.arm = arm;
    this.settings = settings;
  }

  /** What is wrong with a size; empty for nothing. */
  String size(String location, String type) {
    var found = sku(location, type);
    if (found.isEmpty()) {
      return "Azure does not have it there";
    }
    var restricted =
        all(found.get().restrictions()).map(Offers::said).filter(said -> !said.isEmpty()).toList();
    if (!restricted.isEmpty()) {
      return String.join(", ", restricted);
    }
    return settings.shape().trustedLaunch()
            && !capability(found.get(), GENERATIONS).contains(WITH_TRUST)
        ? "it has no generation 2, which option trusted_launch needs"
        : "";
  }

  /** What is wrong with an image, by itself and for the sizes that are looked at. */
  String image(String location, ImageName image) {
    var traits =
        switch (image) {
          case ImageName.Offered offered -> offered(location, offered);
          case ImageName.Resource resource -> resource(resource);
        };
    if (settings.shape().trustedLaunch() && traits.generation().equals("V1")) {
      return "it is of generation 1, and option trusted_launch needs 2";
    }
    var unfit =
        settings.checkTypes().stream()
            .filter(type -> sku(location, type).filter(sku -> !fits(sku, traits)).isPresent())
            .toList();
    return unfit.isEmpty()
        ? ""
        : "it is of %s, which is not for %s"
            .formatted(traits.architecture(), String.join(", ", unfit));
  }

  /** Which quotas are used up; empty for none. */
  String quotas(String location) {
    var counted = new TreeSet<>(COUNTED);
    for (var type : settings.checkTypes()) {
      sku(location, type)
          .map(ResourceSkuInner::family)
          .ifPresent(family -> counted.add(family.toLowerCase(Locale.ROOT)));
    }
    return arm.ask(
        one ->
            String.join(
                ", ",
                one.compute().getUsages().list(location).stream()
                    .filter(usage -> counted.contains(name(usage).toLowerCase(Locale.ROOT)))
                    .filter(usage -> usage.currentValue() >= usage.limit())
                    .map(
                        usage ->
                            "%s: %d of %d are used"
                                .formatted(name(usage), usage.currentValue(), usage.limit()))
                    .toList()));
  }

  /**
   * What an image is; empty where nobody says.
   *
   * @param architecture {@code x64} or {@code Arm64}
   * @param generation {@code V1} or {@code V2}
   */
  private record Traits(String architecture, String generation) {}

  private Traits offered(String location, ImageName.Offered image) {
    var version = image.version().equals("latest") ? newest(location, image) : image.version();
    var found =
        arm.ask(
            one ->
                one.compute()
                    .getVirtualMachineImages()
                    .get(location, image.publisher(), image.offer(), image.sku(), version));
    return new Traits(text(found.architecture()), text(found.hyperVGeneration()));
  }

  private String newest(String location, ImageName.Offered image) {
    return arm
        .ask(
            one ->
                one.compute()
                    .getVirtualMachineImages()
                    .listWithResponse(
                        location,
                        image.publisher(),
                        image.offer(),
                        image.sku(),
                        null,
                        1,
                        "name desc",
                        Context.NONE)
                    .getValue())
        .stream()
        .findFirst()
        .map(found -> String.valueOf(found.name()))
        .orElseThrow(() -> Refusal.later("NotFound", "it has no version there"));
  }

  /** Of a version of a gallery's image only the image says what it is. */
  private Traits resource(ImageName.Resource image) {
    var id = image.id().replaceFirst("(?i)/versions/[^/]+$", "");
    var version = image.ofGallery() ? GALLERIES : IMAGES;
    var found = arm.resource(id, version);
    var said = new Json(found.properties());
    return new Traits(said.text("architecture"), said.text("hyperVGeneration"));
  }

  private Optional<ResourceSkuInner> sku(String location, String type) {
    return sizes.computeIfAbsent(location, this::sizes).stream()
        .filter(sku -> type.equalsIgnoreCase(sku.name()))
        .findFirst();
  }

  private List<ResourceSkuInner> sizes(String location) {
    var filter = "location eq '%s'".formatted(location);
    return arm.ask(
        one ->
            one.compute().getResourceSkus().list(filter, "false", Context.NONE).stream()
                .filter(sku -> MACHINES.equals(sku.resourceType()))
                .toList());
  }

  private static boolean fits(ResourceSkuInner sku, Traits image) {
    var architecture = capability(sku, ARCHITECTURE);
    return image.architecture().isEmpty()
        || architecture.isEmpty()
        || architecture.equalsIgnoreCase(image.architecture());
  }

  private static String capability(ResourceSkuInner sku, String name) {
    return all(sku.capabilities())
        .filter(one -> name.equals(one.name()))
        .map(ResourceSkuCapabilities::value)
        .findFirst()
        .orElse("");
  }

  private static String said(ResourceSkuRestrictions restriction) {
    var why = text(restriction.reasonCode());
    if (restriction.type() == ResourceSkuRestrictionsType.LOCATION) {
      return "the subscription cannot have it there (%s)".formatted(why);
    }
    return restriction.restrictionInfo() == null
        ? ""
        : "the subscription cannot have it in zones %s (%s)"
            .formatted(restriction.restrictionInfo().zones(), why);
  }

  private static String name(UsageInner usage) {
    return usage.name() == null ? "" : text(usage.name().value());
  }

  private static <T> Stream<T> all(@Nullable List<T> list) {
    return list == null ? Stream.of() : list.stream();
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
