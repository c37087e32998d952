package dev.nimbus.adapters.gcp;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The JSON Google gives with a service account's key, read strictly: other kinds of such files name
 * programs to start and addresses to ask, and nobody's account may do that here.
 */
final class KeyFile {
  private static final String TOKENS = "https://oauth2.googleapis.com/token";
  private static final int LONGEST = 16 * 1024;
  private static final Map<String, Pattern> FIELDS =
      Map.of(
          "type", Pattern.compile("service_account"),
          "client_email",
              Pattern.compile("[a-z0-9.-]{1,100}@[a-z0-9.-]{1,200}\\.gserviceaccount\\.com"),
          "private_key_id", Pattern.compile("[A-Za-z0-9]{1,128}"),
          "private_key",
              Pattern.compile(
                  "\\s*-----BEGIN PRIVATE KEY-----[A-Za-z0-9+/=\\s]+-----END PRIVATE KEY-----\\s*"));

  private final GenericJson file;
  private final List<String> problems = new ArrayList<>();

  private KeyFile(GenericJson file) {
    this.file = file;
  }

  /**
   * What was read.
   *
   * @param problems complete "secret 'key' ..." and repeat nothing of a secret
   */
  record Read(Access.Key key, List<String> problems) {
    Read {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads a key.
   *
   * @param tokensFromThisMachine whether tokens may be asked for on this machine, as in tests
   */
  static Read read(String text, boolean tokensFromThisMachine) {
    if (text.length() > LONGEST) {
      return none("has %d letters, more than %d".formatted(text.length(), LONGEST));
    }
    try {
      var json = GsonFactory.getDefaultInstance().fromString(text, GenericJson.class);
      return json == null ? none("is empty") : new KeyFile(json).read(tokensFromThisMachine);
    } catch (IOException | IllegalArgumentException | ClassCastException _) {
      // What is wrong with it would be said in words of the secret.
      return none("is not the JSON of a service account's key");
    }
  }

  private static Read none(String problem) {
    return new Read(new Access.Key("", "", "", TOKENS), List.of(problem));
  }

  private Read read(boolean tokensFromThisMachine) {
    FIELDS.forEach(this::check);
    var tokens = text("token_uri").isEmpty() ? TOKENS : text("token_uri");
    if (!tokens.equals(TOKENS) && !(tokensFromThisMachine && Address.ofThisMachine(tokens))) {
      problems.add("asks for tokens elsewhere than at " + TOKENS + " (token_uri)");
    }
    var universe = text("universe_domain");
    if (!universe.isEmpty() && !universe.equals("googleapis.com")) {
      problems.add("is of another cloud than googleapis.com (universe_domain)");
    }
    var key =
        new Access.Key(text("client_email"), text("private_key_id"), text("private_key"), tokens);
    return new Read(key, problems);
  }

  private void check(String name, Pattern form) {
    if (text(name).isEmpty()) {
      problems.add("lacks '%s'".formatted(name));
    } else if (!form.matcher(text(name)).matches()) {
      problems.add(
          name.equals("type")
              ? "is of another type than service_account"
              : "has a '%s' of another form".formatted(name));
    }
  }

  private String text(String name) {
    return file.get(name) instanceof String text ? text : "";
  }
}
