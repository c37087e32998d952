/** Calls to a forge's API, paced by what the forge allows. */
@NullMarked
package dev.nimbus.adapters.forges.http;

import org.jspecify.annotations.NullMarked;
