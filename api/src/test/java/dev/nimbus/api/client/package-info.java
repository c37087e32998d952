@NullMarked
package dev.nimbus.api.client;

import org.jspecify.annotations.NullMarked;
