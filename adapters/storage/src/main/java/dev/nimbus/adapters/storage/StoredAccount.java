package dev.nimbus.adapters.storage;

import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;

/** What is set of an account with a provider, as the one column it is kept in. */
record StoredAccount(Map<String, String> options) {
  static String text(ProviderAccount account) {
    return Json.text(new StoredAccount(account.options()));
  }

  static StoredAccount read(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), StoredAccount.class);
  }

  SortedMap<String, String> sorted() {
    return ProviderAccount.options(options);
  }
}
