/** A small client of the Chrome DevTools Protocol, for tests that look at pages as people do. */
@NullMarked
package dev.nimbus.e2e.browser;

import org.jspecify.annotations.NullMarked;
