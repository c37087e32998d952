@NullMarked
package dev.nimbus.adapters.forges.github;

import org.jspecify.annotations.NullMarked;
