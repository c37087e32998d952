/** Secrets at rest: sealed with a key that is kept outside the database. */
@NullMarked
package dev.nimbus.service.secret;

import org.jspecify.annotations.NullMarked;
