/** Pods of Kubernetes as machines, by fabric8's client. */
@NullMarked
package dev.nimbus.adapters.kubernetes;

import org.jspecify.annotations.NullMarked;
