/** Gitea: webhooks tell of jobs, and runners good for one are registered on its behalf. */
@NullMarked
package dev.nimbus.adapters.forges.gitea;

import org.jspecify.annotations.NullMarked;
