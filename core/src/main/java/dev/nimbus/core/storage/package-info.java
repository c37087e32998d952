/** The port to the control plane's durable state, made of small stores. */
@NullMarked
package dev.nimbus.core.storage;

import org.jspecify.annotations.NullMarked;
