/** Kubernetes itself, without machines behind it. */
@NullMarked
package dev.nimbus.testkit.provider.kubernetes;

import org.jspecify.annotations.NullMarked;
