package dev.nimbus.api.job;

import dev.nimbus.json.Meaning;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The forge's job that one of ours serves. What the forge does not say is empty. */
public record ForgeJobView(
    @Meaning(words = {"github", "gitlab", "forgejo", "gitea"}) String kind,
    @Meaning("The forge's own id of the job.") String job,
    @Meaning("Counts the re-runs the forge makes under one id, from 1.") int attempt,
    @Meaning("Where people look at it; absent when there is no such page.") @Nullable URI link,
    String workflow,
    String name,
    @Meaning("Of what caused it, such as a commit's first line.") String title,
    String branch,
    @Meaning("What caused it, such as push.") String event,
    String actor,
    @Meaning(
            value = "How far the forge says it came.",
            words = {"queued", "started", "finished"})
        String stage,
    @Meaning("The forge's word for how it ended; empty before.") String conclusion) {}
