package dev.nimbus.api.job;

import dev.nimbus.json.Meaning;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job to run. */
public record SubmitJob(
    @Meaning("Program and arguments, run without a shell.") List<String> command,
    @Meaning("Added to the small environment every job has.") @Nullable Map<String, String> env,
    @Meaning("What its host must have; some ask for a size or an image, or are metadata.")
        @Nullable List<String> labels,
    @Meaning(value = "Such as acme/shop.", pattern = "[A-Za-z0-9._/-]{1,200}")
        @Nullable String repository,
    @Meaning("The system the job sees; the host's own when absent.") @Nullable String image,
    @Meaning("Processors, fractions allowed; one when absent.") @Nullable Double cpus,
    @Meaning("512 MiB when absent.") @Nullable Long memoryBytes,
    @Meaning("Six hours when absent.") @Nullable Long timeoutMs,
    @Meaning(
            value = "host when absent.",
            words = {"host", "none"})
        @Nullable String network,
    @Meaning("To find and compare jobs by; never a requirement.")
        @Nullable Map<String, String> metadata) {}
