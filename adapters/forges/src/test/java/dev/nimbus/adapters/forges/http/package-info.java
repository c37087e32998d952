@NullMarked
package dev.nimbus.adapters.forges.http;

import org.jspecify.annotations.NullMarked;
