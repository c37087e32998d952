/** Sandboxes made of namespaces, control groups and a seccomp filter, by the host's own tools. */
@NullMarked
package dev.nimbus.adapters.executors.process;

import org.jspecify.annotations.NullMarked;
