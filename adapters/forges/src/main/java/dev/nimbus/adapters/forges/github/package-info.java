/** GitHub: github.com, GHE.com and GitHub Enterprise Server. */
@NullMarked
package dev.nimbus.adapters.forges.github;

import org.jspecify.annotations.NullMarked;
