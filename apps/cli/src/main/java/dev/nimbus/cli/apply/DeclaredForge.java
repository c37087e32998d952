package dev.nimbus.cli.apply;

import dev.nimbus.api.forge.ApplyForge;

/** One connection as a file declares it. */
record DeclaredForge(String name, ApplyForge forge) {}
