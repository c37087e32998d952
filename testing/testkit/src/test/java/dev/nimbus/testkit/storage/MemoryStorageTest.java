package dev.nimbus.testkit.storage;

import dev.nimbus.core.storage.Storage;
import org.junit.jupiter.api.Nested;

final class MemoryStorageTest {
  private static Storage fresh() {
    return new MemoryStorage();
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
    @Override
    protected Storage open() {
      return fresh();
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

    @Override
    protected int seeds() {
      return 50;
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
    @Override
    protected Storage open() {
      return fresh();
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

    @Override
    protected int seeds() {
      return 50;
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
