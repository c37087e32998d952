/** Hosts, tenants and tokens, for those who run the installation. */
@NullMarked
package dev.nimbus.cli.fleet;

import org.jspecify.annotations.NullMarked;
