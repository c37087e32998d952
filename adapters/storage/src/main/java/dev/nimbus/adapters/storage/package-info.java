/**
 * The state of the control plane in SQL: one file of SQLite, or a PostgreSQL that several share.
 */
@NullMarked
package dev.nimbus.adapters.storage;

import org.jspecify.annotations.NullMarked;
