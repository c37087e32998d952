package dev.nimbus.testkit.provider.azure;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What Azure asks everybody for its machines: two pages of it. */
final class PriceList {
  private static final String VERSION = "2023-01-01-preview";

  Said answer(String url, Map<String, String> query) {
    var filter = query.getOrDefault("$filter", "");
    if (!query.getOrDefault("api-version", VERSION).equals(VERSION)
        || !filter.contains("serviceName eq 'Virtual Machines'")) {
      return Said.error(400, "BadRequest", "Invalid OData parameters supplied");
    }
    var json = JsonMapper.shared().createObjectNode().put("BillingCurrency", "USD");
    var items = json.putArray("Items");
    var second = "3".equals(query.get("$skip"));
    if (filter.contains("'Standard_D4s_v5'") && filter.contains("'westeurope'")) {
      if (second) {
        item(items, "D4s v5 Spot", "Virtual Machines Dsv5 Series", 0.045991);
        item(items, "D4s v5 Low Priority", "Virtual Machines Dsv5 Series", 0.046);
      } else {
        item(items, "D4s v5", "Virtual Machines Dsv5 Series Windows", 0.414);
        item(items, "D4s v5 Spot", "Virtual Machines Dsv5 Series Windows", 0.2);
        item(items, "D4s v5", "Virtual Machines Dsv5 Series", 0.23);
      }
    }
    json.put(
        "NextPageLink",
        second || items.isEmpty()
            ? null
            : "%s/api/retail/prices?api-version=%s&$filter=%s&$skip=3"
                .formatted(url, VERSION, filter.replace(" ", "%20").replace("'", "%27")));
    return Said.fine(json.put("Count", items.size()));
  }

  private static void item(ArrayNode items, String sku, String product, double price) {
    ObjectNode item = items.addObject();
    item.put("currencyCode", "USD")
        .put("tierMinimumUnits", 0.0)
        .put("retailPrice", price)
        .put("unitPrice", price)
        .put("armRegionName", "westeurope")
        .put("location", "EU West")
        .put("effectiveStartDate", "2026-11-01T00:00:00Z")
        .put("productName", product)
        .put("skuName", sku)
        .put("serviceName", "Virtual Machines")
        .put("unitOfMeasure", "1 Hour")
        .put("type", "Consumption")
        .put("isPrimaryMeterRegion", true)
        .put("armSkuName", "Standard_D4s_v5");
  }
}
