@NullMarked
package dev.nimbus.adapters.forges.kin;

import org.jspecify.annotations.NullMarked;
