package dev.nimbus.cli.apply;

import java.util.List;

/** Everything a file declares. */
record Declared(
    List<DeclaredForge> forges, List<DeclaredProvider> providers, List<DeclaredPool> pools) {}
