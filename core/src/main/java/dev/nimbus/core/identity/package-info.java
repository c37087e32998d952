/** Who may do what: subjects of tokens, their versions, and the keys that sign them. */
@NullMarked
package dev.nimbus.core.identity;

import org.jspecify.annotations.NullMarked;
