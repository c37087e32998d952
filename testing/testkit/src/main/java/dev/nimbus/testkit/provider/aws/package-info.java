/** EC2 as moto plays it, and what moto cannot do. */
@NullMarked
package dev.nimbus.testkit.provider.aws;

import org.jspecify.annotations.NullMarked;
