/** The admission policy as operators write it: one YAML file, read strictly and reloaded. */
@NullMarked
package dev.nimbus.controlplane.policy;

import org.jspecify.annotations.NullMarked;
