package dev.nimbus.testkit.forge.kin;

/** A repository. */
record Repo(long id, String fullName) {
  String owner() {
    return fullName.substring(0, fullName.indexOf('/'));
  }

  String name() {
    return fullName.substring(fullName.indexOf('/') + 1);
  }
}
