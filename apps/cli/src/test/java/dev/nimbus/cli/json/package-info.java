@NullMarked
package dev.nimbus.cli.json;

import org.jspecify.annotations.NullMarked;
