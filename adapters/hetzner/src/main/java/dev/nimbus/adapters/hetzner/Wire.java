package dev.nimbus.adapters.hetzner;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Hetzner answers, as far as it is read. */
final class Wire {
  private Wire() {}

  /** That something was not done. */
  record Failure(Fault error) {}

  record Fault(String code, @Nullable String message) {
    /** Its words, to come after its code; empty for none. */
    String because() {
      return message == null || message.isEmpty() ? "" : ": " + message;
    }
  }

  record Named(String name) {}

  record Server(
      long id,
      String name,
      String status,
      Instant created,
      Map<String, String> labels,
      Named serverType,
      Named location) {}

  record OneServer(Server server) {}

  record Created(Server server, Action action) {}

  record Action(long id, String command, String status, @Nullable Fault error) {}

  record Acted(Action action) {}

  record Actions(List<Action> actions) {}

  record Servers(List<Server> servers, @Nullable Meta meta) {}

  record Meta(@Nullable Pagination pagination) {}

  record Pagination(@Nullable Integer nextPage, @Nullable Integer lastPage) {}

  record ServerTypes(List<ServerType> serverTypes, @Nullable Meta meta) {}

  record ServerType(String name, String architecture, double disk, List<OfferedAt> locations) {
    ServerType {
      locations = List.copyOf(locations);
    }
  }

  /**
   * That a type is there at a location.
   *
   * @param available whether one can be ordered now; absent where that is not said
   */
  record OfferedAt(String name, @Nullable Deprecation deprecation, @Nullable Boolean available) {}

  record Deprecation(Instant unavailableAfter) {}

  record Images(List<Image> images) {}

  record OneImage(Image image) {}

  record Image(
      long id,
      String status,
      String architecture,
      @Nullable String name,
      @Nullable Instant deprecated) {}

  record Locations(List<Named> locations) {}

  record SshKeys(List<Named> sshKeys) {}

  /** Something of which only its being there matters. */
  record Any() {}

  record Prices(Pricing pricing) {}

  record Pricing(String currency, List<TypePrices> serverTypes, List<AddressPrices> primaryIps) {}

  record TypePrices(String name, List<PriceAt> prices) {}

  record AddressPrices(String type, List<PriceAt> prices) {}

  record PriceAt(String location, Price priceHourly) {}

  record Price(String net, String gross) {}
}
