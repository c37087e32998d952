@NullMarked
package dev.nimbus.cli.config;

import org.jspecify.annotations.NullMarked;
