/** HTTP as forges that live in memory speak it. */
@NullMarked
package dev.nimbus.testkit.forge.http;

import org.jspecify.annotations.NullMarked;
