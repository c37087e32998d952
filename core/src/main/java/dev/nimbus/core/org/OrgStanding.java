package dev.nimbus.core.org;

import dev.nimbus.core.id.OrgId;

/** A tenant and what it holds now. */
public record OrgStanding(OrgId org, OrgLimits limits, int waiting, int running) {}
