package dev.nimbus.core.provider;

import dev.nimbus.core.id.ProviderName;

/**
 * What can be had or not had as a whole: one type of machine with one image at one place of one
 * provider, on one market. Capacity runs out, and creates fail, cell by cell.
 *
 * @param place as the provider calls it: a zone, a region, a location, a namespace, a machine
 * @param type as the provider calls it, such as {@code c7i.xlarge}
 * @param image as the provider calls it, such as {@code ami-0abc}; empty where it has none
 */
public record Cell(ProviderName provider, String place, String type, String image, Market market) {
  @Override
  public String toString() {
    return provider + "/" + place + "/" + type + "/" + market.word();
  }
}
