package dev.nimbus.e2e.dashboard;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class DashboardSafetyOnUpTest extends DashboardSafetyContract {
  private final Path folder;

  DashboardSafetyOnUpTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Override
  Site startSite() {
    return UpSite.start(folder);
  }
}
