/** What crosses the network between the parts of Nimbus and the people who use it. */
@NullMarked
package dev.nimbus.api;

import org.jspecify.annotations.NullMarked;
