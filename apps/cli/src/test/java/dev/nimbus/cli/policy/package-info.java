@NullMarked
package dev.nimbus.cli.policy;

import org.jspecify.annotations.NullMarked;
