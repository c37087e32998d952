/** Forges' runners: their programs on this host, and credentials fetched at the last moment. */
@NullMarked
package dev.nimbus.hostagent.runner;

import org.jspecify.annotations.NullMarked;
