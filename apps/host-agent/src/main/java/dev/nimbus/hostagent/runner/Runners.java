package dev.nimbus.hostagent.runner;

/** What a host has for running forges' runners. */
public record Runners(RunnerTools tools, SecretStore secrets) {}
