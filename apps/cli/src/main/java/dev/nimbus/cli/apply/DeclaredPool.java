package dev.nimbus.cli.apply;

import dev.nimbus.api.machine.PoolBody;

/** One pool as a file declares it. */
record DeclaredPool(String name, PoolBody pool) {}
