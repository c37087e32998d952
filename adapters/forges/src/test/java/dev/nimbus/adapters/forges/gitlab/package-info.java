@NullMarked
package dev.nimbus.adapters.forges.gitlab;

import org.jspecify.annotations.NullMarked;
