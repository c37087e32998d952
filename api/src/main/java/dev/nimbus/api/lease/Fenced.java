package dev.nimbus.api.lease;

/** A host speaking about a job it holds: starting it, or keeping it. */
public record Fenced(String host, long fence) {}
