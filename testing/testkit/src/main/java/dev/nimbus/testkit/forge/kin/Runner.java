package dev.nimbus.testkit.forge.kin;

import java.util.List;

/** A runner as it is now. Used under a lock. */
final class Runner {
  final long id;
  final String uuid;
  final String token;
  final String scope;
  final String name;
  String description = "";
  String version = "";
  List<String> labels = List.of();
  boolean ephemeral;
  boolean disabled;
  boolean online;
  boolean used;

  Runner(long id, String uuid, String token, String scope, String name) {
    this.id = id;
    this.uuid = uuid;
    this.token = token;
    this.scope = scope;
    this.name = name;
  }
}
