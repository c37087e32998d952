/** What the admission policy says, without a control plane. */
@NullMarked
package dev.nimbus.cli.policy;

import org.jspecify.annotations.NullMarked;
