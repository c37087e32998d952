/** What machines of clouds are told by their metadata service. */
@NullMarked
package dev.nimbus.testkit.provider.metadata;

import org.jspecify.annotations.NullMarked;
