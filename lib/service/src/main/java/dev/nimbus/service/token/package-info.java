/** Signed tokens: who they are for, how they are made, and how they are believed. */
@NullMarked
package dev.nimbus.service.token;

import org.jspecify.annotations.NullMarked;
