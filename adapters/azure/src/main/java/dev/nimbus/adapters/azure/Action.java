package dev.nimbus.adapters.azure;

import java.util.Locale;

/**
 * Every action a role must allow; for what is called, and what Azure asks for along with it. Where
 * it is asked for is part of it: a role is given on a scope.
 */
enum Action {
  PERMISSIONS_READ("Microsoft.Authorization/permissions/read", Scope.GROUP),
  DISKS_DELETE("Microsoft.Compute/disks/delete", Scope.GROUP),
  /** Asked for along with machines. */
  DISKS_WRITE("Microsoft.Compute/disks/write", Scope.GROUP),
  MACHINES_DELETE("Microsoft.Compute/virtualMachines/delete", Scope.GROUP),
  MACHINES_READ("Microsoft.Compute/virtualMachines/read", Scope.GROUP),
  MACHINES_WRITE("Microsoft.Compute/virtualMachines/write", Scope.GROUP),
  CARDS_DELETE("Microsoft.Network/networkInterfaces/delete", Scope.GROUP),
  /** Asked for along with machines. */
  CARDS_JOIN("Microsoft.Network/networkInterfaces/join/action", Scope.GROUP),
  /** Asked for along with machines. */
  CARDS_WRITE("Microsoft.Network/networkInterfaces/write", Scope.GROUP),
  ADDRESSES_DELETE("Microsoft.Network/publicIPAddresses/delete", Scope.GROUP),
  /** Asked for along with machines that have a public address. */
  ADDRESSES_JOIN("Microsoft.Network/publicIPAddresses/join/action", Scope.GROUP),
  /** Asked for along with machines that have a public address. */
  ADDRESSES_WRITE("Microsoft.Network/publicIPAddresses/write", Scope.GROUP),
  GROUP_READ("Microsoft.Resources/subscriptions/resourceGroups/read", Scope.GROUP),
  GROUP_LIST("Microsoft.Resources/subscriptions/resourceGroups/resources/read", Scope.GROUP),

  OPERATIONS_READ("Microsoft.Compute/locations/operations/read", Scope.SUBSCRIPTION),
  IMAGES_OFFERED(
      "Microsoft.Compute/locations/publishers/artifacttypes/offers/skus/versions/read",
      Scope.SUBSCRIPTION),
  USAGES_READ("Microsoft.Compute/locations/usages/read", Scope.SUBSCRIPTION),
  SKUS_READ("Microsoft.Compute/skus/read", Scope.SUBSCRIPTION),
  /** Whether machines run is only told of all of a subscription. */
  STATES_READ("Microsoft.Compute/virtualMachines/read", Scope.SUBSCRIPTION),

  /** Where a subnet is only its network says. */
  NETWORKS_READ("Microsoft.Network/virtualNetworks/read", Scope.NETWORK),
  SUBNETS_READ("Microsoft.Network/virtualNetworks/subnets/read", Scope.NETWORK),
  /** Asked for along with machines. */
  SUBNETS_JOIN("Microsoft.Network/virtualNetworks/subnets/join/action", Scope.NETWORK),
  SECURITY_GROUPS_READ("Microsoft.Network/networkSecurityGroups/read", Scope.NETWORK),
  /** Asked for along with machines that have one. */
  SECURITY_GROUPS_JOIN("Microsoft.Network/networkSecurityGroups/join/action", Scope.NETWORK),

  GALLERY_IMAGES_READ("Microsoft.Compute/galleries/images/read", Scope.IMAGES),
  /** Asked for along with machines of a gallery's image. */
  GALLERY_VERSIONS_READ("Microsoft.Compute/galleries/images/versions/read", Scope.IMAGES),
  MANAGED_IMAGES_READ("Microsoft.Compute/images/read", Scope.IMAGES),
  /** Asked for along with machines that may do something at Azure. */
  IDENTITY_ASSIGN("Microsoft.ManagedIdentity/userAssignedIdentities/assign/action", Scope.IDENTITY);

  private final String rbac;
  private final Scope scope;

  Action(String rbac, Scope scope) {
    this.rbac = rbac;
    this.scope = scope;
  }

  /** As a role writes it. */
  String rbac() {
    return rbac;
  }

  Scope scope() {
    return scope;
  }

  /** Whether an account cannot do without it, as far as its own scopes can tell. */
  boolean needed(Settings settings) {
    return switch (this) {
      case ADDRESSES_DELETE, ADDRESSES_JOIN, ADDRESSES_WRITE -> settings.network().publicIp();
      default -> scope == Scope.GROUP || scope == Scope.SUBSCRIPTION;
    };
  }

  /** On what a role is given. */
  enum Scope {
    /** The group machines are in. */
    GROUP,
    SUBSCRIPTION,
    /** The subnets and network security groups, or the group they are in. */
    NETWORK,
    /** The images of one's own, or the group they are in. */
    IMAGES,
    /** What machines are given to be. */
    IDENTITY;

    /** As the documentation heads it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
