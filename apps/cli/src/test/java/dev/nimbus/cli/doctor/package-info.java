@NullMarked
package dev.nimbus.cli.doctor;

import org.jspecify.annotations.NullMarked;
