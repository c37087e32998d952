@NullMarked
package dev.nimbus.api.job;

import org.jspecify.annotations.NullMarked;
