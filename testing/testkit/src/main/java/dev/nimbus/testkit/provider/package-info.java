/** What every provider of machines must do, and a cloud in memory that does it or fails to. */
@NullMarked
package dev.nimbus.testkit.provider;

import org.jspecify.annotations.NullMarked;
