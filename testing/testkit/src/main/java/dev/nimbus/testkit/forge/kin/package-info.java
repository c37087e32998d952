/**
 * A Forgejo and a Gitea that live in memory: their calls, their webhooks, the protocol their
 * runners speak, and what goes wrong there. They are kin and share most of it.
 */
@NullMarked
package dev.nimbus.testkit.forge.kin;

import org.jspecify.annotations.NullMarked;
