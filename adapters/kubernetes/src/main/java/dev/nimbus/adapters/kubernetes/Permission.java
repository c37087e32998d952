package dev.nimbus.adapters.kubernetes;

/** Everything a role must allow in each namespace; what is called, and nothing besides. */
enum Permission {
  CREATE_PODS("create", "pods"),
  DELETE_PODS("delete", "pods"),
  GET_PODS("get", "pods"),
  LIST_PODS("list", "pods"),
  /** Asked for when a machine is launched where nobody makes room for it. */
  WATCH_PODS("watch", "pods"),
  CREATE_SECRETS("create", "secrets"),
  DELETE_SECRETS("delete", "secrets"),
  GET_SECRETS("get", "secrets"),
  LIST_SECRETS("list", "secrets");

  private final String verb;
  private final String resource;

  Permission(String verb, String resource) {
    this.verb = verb;
    this.resource = resource;
  }

  String verb() {
    return verb;
  }

  String resource() {
    return resource;
  }

  /** As people write it, such as {@code create pods}. */
  @Override
  public String toString() {
    return verb + " " + resource;
  }
}
