/** How a process writes its log. */
@NullMarked
package dev.nimbus.service.log;

import org.jspecify.annotations.NullMarked;
