/** How a rented machine hears that its provider takes it back. */
@NullMarked
package dev.nimbus.hostagent.notice;

import org.jspecify.annotations.NullMarked;
