/** Forgejo: jobs are listed, and each gets a runner made for it alone. */
@NullMarked
package dev.nimbus.adapters.forges.forgejo;

import org.jspecify.annotations.NullMarked;
