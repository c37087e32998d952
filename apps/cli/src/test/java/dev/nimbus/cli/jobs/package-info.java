@NullMarked
package dev.nimbus.cli.jobs;

import org.jspecify.annotations.NullMarked;
