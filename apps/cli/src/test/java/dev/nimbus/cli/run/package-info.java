@NullMarked
package dev.nimbus.cli.run;

import org.jspecify.annotations.NullMarked;
