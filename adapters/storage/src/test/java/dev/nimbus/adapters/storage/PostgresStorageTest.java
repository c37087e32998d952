package dev.nimbus.adapters.storage;

import dev.nimbus.core.storage.Storage;
import dev.nimbus.testkit.storage.ArrivalStoreContract;
import dev.nimbus.testkit.storage.ConnectionStoreContract;
import dev.nimbus.testkit.storage.CostStoreContract;
import dev.nimbus.testkit.storage.CountContract;
import dev.nimbus.testkit.storage.DemandContract;
import dev.nimbus.testkit.storage.ForgeOrderContract;
import dev.nimbus.testkit.storage.ForgePairingContract;
import dev.nimbus.testkit.storage.ForgeStoreContract;
import dev.nimbus.testkit.storage.GrantContract;
import dev.nimbus.testkit.storage.HostStoreContract;
import dev.nimbus.testkit.storage.IdentityStoreContract;
import dev.nimbus.testkit.storage.JobListContract;
import dev.nimbus.testkit.storage.JobStoreContract;
import dev.nimbus.testkit.storage.LeaseStoreContract;
import dev.nimbus.testkit.storage.MachineGrantContract;
import dev.nimbus.testkit.storage.MachineOrderContract;
import dev.nimbus.testkit.storage.MachineRaceContract;
import dev.nimbus.testkit.storage.MachineStoreContract;
import dev.nimbus.testkit.storage.OrgStoreContract;
import dev.nimbus.testkit.storage.PoolStoreContract;
import dev.nimbus.testkit.storage.PostponeContract;
import dev.nimbus.testkit.storage.ProviderStoreContract;
import dev.nimbus.testkit.storage.RaceContract;
import dev.nimbus.testkit.storage.RateContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

@Tag("slow")
final class PostgresStorageTest {
  private static Storage fresh() {
    return SqlStorage.open(PostgresServer.newDatabase());
  }

  @Nested
  final class Jobs extends JobStoreContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class Lists extends JobListContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class Grants extends GrantContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class Rates extends RateContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class Postponing extends PostponeContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class Leases extends LeaseStoreContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class Hosts extends HostStoreContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class Orgs extends OrgStoreContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class Identities extends IdentityStoreContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class Races extends RaceContract {
    private String url = "";

    @Override
    protected Storage open() {
      url = PostgresServer.newDatabase();
      return SqlStorage.open(url);
    }

    @Override
    protected Storage openAgain(Storage first) {
      return SqlStorage.open(url);
    }
  }

  @Nested
  final class Counts extends CountContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class Connections extends ConnectionStoreContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class Forges extends ForgeStoreContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class Pairings extends ForgePairingContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class Orders extends ForgeOrderContract {
    @Override
    protected Storage open() {
      return fresh();
    }

    @Override
    protected Storage again(int seed) {
      return fresh();
    }
  }

  @Nested
  final class Providers extends ProviderStoreContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class Pools extends PoolStoreContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class Machines extends MachineStoreContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class Arrivals extends ArrivalStoreContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class Costs extends CostStoreContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class MachineGrants extends MachineGrantContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }

  @Nested
  final class MachineRaces extends MachineRaceContract {
    private String url = "";

    @Override
    protected Storage open() {
      url = PostgresServer.newDatabase();
      return SqlStorage.open(url);
    }

    @Override
    protected Storage openAgain(Storage first) {
      return SqlStorage.open(url);
    }
  }

  @Nested
  final class MachineOrders extends MachineOrderContract {
    @Override
    protected Storage open() {
      return fresh();
    }

    @Override
    protected Storage again(int seed) {
      return fresh();
    }
  }

  @Nested
  final class Demand extends DemandContract {
    @Override
    protected Storage open() {
      return fresh();
    }
  }
}
