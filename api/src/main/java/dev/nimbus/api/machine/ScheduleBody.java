package dev.nimbus.api.machine;

import dev.nimbus.json.Meaning;
import java.util.List;

/** Hours in which a pool keeps another number of machines waiting. */
public record ScheduleBody(
    @Meaning("Days on which it begins: mon, tue, wed, thu, fri, sat, sun.") List<String> days,
    @Meaning("Such as 08:00.") String from,
    @Meaning("Such as 19:00; on the next day when it is not after from.") String until,
    @Meaning("Such as Europe/Berlin.") String zone,
    int minIdle) {}
