/** Machines of Amazon EC2, by AWS's own SDK. */
@NullMarked
package dev.nimbus.adapters.aws;

import org.jspecify.annotations.NullMarked;
