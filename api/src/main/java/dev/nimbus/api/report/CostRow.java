package dev.nimbus.api.report;

import dev.nimbus.json.Meaning;

/** What one group cost, in US dollars: each is a part of its row and of its column. */
public record CostRow(
    @Meaning("Of the group; - is what belongs to none.") String name,
    @Meaning("While jobs ran that ended.") double jobDollars,
    @Meaning("While nothing ran: on the way up and down, and what was paid for and not used.")
        double idleDollars,
    @Meaning("While machines that were made ahead waited for their job.") double warmDollars,
    @Meaning("By machines that never came up or were lost, and jobs that were cut off.")
        double failedDollars,
    double totalDollars,
    @Meaning("Machines that were asked for in the period.") long machines,
    @Meaning("Hours of machines that were paid for.") double hours,
    @Meaning("Hours of them of which nobody knows the price: their cost is missing.")
        double unpricedHours) {}
