/** What every forge must do, and forges that live in memory and keep the rules of real ones. */
@NullMarked
package dev.nimbus.testkit.forge;

import org.jspecify.annotations.NullMarked;
