package dev.nimbus.testkit.forge.kin;

import java.time.Instant;

/** What caused a job; each has a run of its own. */
record Run(long id, Repo repo, boolean fork, Instant createdAt, String commit) {}
