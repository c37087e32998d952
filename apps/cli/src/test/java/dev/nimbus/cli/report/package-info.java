@NullMarked
package dev.nimbus.cli.report;

import org.jspecify.annotations.NullMarked;
