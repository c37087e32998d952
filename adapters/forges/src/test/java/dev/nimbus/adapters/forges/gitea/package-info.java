@NullMarked
package dev.nimbus.adapters.forges.gitea;

import org.jspecify.annotations.NullMarked;
