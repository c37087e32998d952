package dev.nimbus.core.machine;

import dev.nimbus.core.job.Size;
import dev.nimbus.core.provider.Billing;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.secret.Sealed;

/**
 * A machine we mean to have.
 *
 * @param spec how it is asked for; stored without its user data, which is stored sealed
 * @param userData the spec's, sealed: kept only until the provider's answer is recorded
 * @param microsPerHour what an hour of it costs, in millionths of a US dollar; negative when nobody
 *     knows
 * @param ticket the digest of what it proves itself with, once, at its first start
 */
public record NewMachine(
    MachineSpec spec,
    Sealed userData,
    String ticket,
    Size size,
    long microsPerHour,
    Billing billing,
    boolean warm,
    String purpose) {}
