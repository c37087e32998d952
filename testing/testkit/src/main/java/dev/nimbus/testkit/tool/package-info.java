/** What tests of real tools need to say about the machine they run on. */
@NullMarked
package dev.nimbus.testkit.tool;

import org.jspecify.annotations.NullMarked;
