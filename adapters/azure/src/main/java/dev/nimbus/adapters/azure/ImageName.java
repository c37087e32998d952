package dev.nimbus.adapters.azure;

import com.azure.resourcemanager.compute.models.ImageReference;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a machine is made from, as a pool names it. */
sealed interface ImageName {
  Pattern MARKET =
      Pattern.compile(
          "([A-Za-z0-9._-]{1,50}):([A-Za-z0-9._-]{1,128}):([A-Za-z0-9._-]{1,128}):"
              + "(latest|[0-9]{1,10}(?:\\.[0-9]{1,10}){2})");
  Pattern MANAGED =
      Pattern.compile(
          Form.PROVIDED
              + "Microsoft\\.Compute/(images/"
              + Form.NAME
              + "|galleries/"
              + Form.NAME
              + "/images/"
              + Form.NAME
              + "(/versions/(latest|[0-9]{1,10}(\\.[0-9]{1,10}){2}))?)");

  /** One that is offered to everybody: {@code publisher:offer:sku:version}. */
  record Offered(String publisher, String offer, String sku, String version) implements ImageName {
    @Override
    public ImageReference reference() {
      return new ImageReference()
          .withPublisher(publisher)
          .withOffer(offer)
          .withSku(sku)
          .withVersion(version);
    }

    @Override
    public String toString() {
      return String.join(":", publisher, offer, sku, version);
    }
  }

  /** One of a gallery, or a managed image, by the id of the resource. */
  record Resource(String id) implements ImageName {
    @Override
    public ImageReference reference() {
      return new ImageReference().withId(id);
    }

    /** Whether it is of a gallery, whose images say what they are. */
    boolean ofGallery() {
      return id.contains("/galleries/");
    }

    @Override
    public String toString() {
      return id;
    }
  }

  ImageReference reference();

  static Optional<ImageName> parse(String text) {
    var parts = MARKET.matcher(text);
    if (parts.matches()) {
      return Optional.of(
          new Offered(parts.group(1), parts.group(2), parts.group(3), parts.group(4)));
    }
    return MANAGED.matcher(text).matches() ? Optional.of(new Resource(text)) : Optional.empty();
  }
}
