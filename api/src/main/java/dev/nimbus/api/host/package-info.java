/** What hosts say of themselves. */
@NullMarked
package dev.nimbus.api.host;

import org.jspecify.annotations.NullMarked;
