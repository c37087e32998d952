/** What Forgejo and Gitea have in common: they are kin, and much of their interface is the same. */
@NullMarked
package dev.nimbus.adapters.forges.kin;

import org.jspecify.annotations.NullMarked;
