@NullMarked
package dev.nimbus.adapters.forges.forgejo;

import org.jspecify.annotations.NullMarked;
