/** GitLab: jobs are announced and listed, and each gets a runner of its project. */
@NullMarked
package dev.nimbus.adapters.forges.gitlab;

import org.jspecify.annotations.NullMarked;
