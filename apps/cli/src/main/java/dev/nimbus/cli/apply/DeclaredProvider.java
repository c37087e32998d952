package dev.nimbus.cli.apply;

import dev.nimbus.api.machine.ApplyProvider;

/** One account with a provider of machines as a file declares it. */
record DeclaredProvider(String name, ApplyProvider provider) {}
