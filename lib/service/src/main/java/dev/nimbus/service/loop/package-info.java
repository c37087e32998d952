/** Work that repeats in the background, and the signal that ends a process. */
@NullMarked
package dev.nimbus.service.loop;

import org.jspecify.annotations.NullMarked;
