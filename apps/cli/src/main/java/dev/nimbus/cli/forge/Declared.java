package dev.nimbus.cli.forge;

import dev.nimbus.api.forge.ApplyForge;

/** One connection as a file declares it. */
record Declared(String name, ApplyForge forge) {}
