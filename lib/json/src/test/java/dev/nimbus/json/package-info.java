@NullMarked
package dev.nimbus.json;

import org.jspecify.annotations.NullMarked;
