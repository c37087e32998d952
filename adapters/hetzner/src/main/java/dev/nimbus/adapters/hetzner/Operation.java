package dev.nimbus.adapters.hetzner;

/** Everything that is asked of Hetzner. */
enum Operation {
  LIST_SERVERS("GET", "/servers"),
  READ_SERVER("GET", "/servers/{id}"),
  CREATE_SERVER("POST", "/servers"),
  UPDATE_SERVER("PUT", "/servers/{id}"),
  DELETE_SERVER("DELETE", "/servers/{id}"),
  REBUILD_SERVER("POST", "/servers/{id}/actions/rebuild"),
  LIST_ACTIONS("GET", "/servers/{id}/actions"),
  LIST_SERVER_TYPES("GET", "/server_types"),
  LIST_IMAGES("GET", "/images"),
  READ_IMAGE("GET", "/images/{id}"),
  LIST_LOCATIONS("GET", "/locations"),
  READ_NETWORK("GET", "/networks/{id}"),
  READ_FIREWALL("GET", "/firewalls/{id}"),
  LIST_SSH_KEYS("GET", "/ssh_keys"),
  READ_SSH_KEY("GET", "/ssh_keys/{id}"),
  READ_PRICES("GET", "/pricing");

  private final String method;
  private final String path;

  Operation(String method, String path) {
    this.method = method;
    this.path = path;
  }

  String method() {
    return method;
  }

  /** As its description has it, below the endpoint. */
  String path() {
    return path;
  }

  /** The path for one thing. */
  String path(long id) {
    return path.replace("{id}", Long.toString(id));
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
