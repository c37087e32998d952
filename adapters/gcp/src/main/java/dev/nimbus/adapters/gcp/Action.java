package dev.nimbus.adapters.gcp;

/**
 * Every permission a role must have; for what is called, and what Google asks for along with it.
 */
enum Action {
  DISKS_CREATE("compute.disks.create"),
  DISKS_SET_LABELS("compute.disks.setLabels"),
  IMAGES_GET("compute.images.get"),
  IMAGES_GET_FROM_FAMILY("compute.images.getFromFamily"),
  IMAGES_USE("compute.images.useReadOnly"),
  INSTANCES_CREATE("compute.instances.create"),
  INSTANCES_DELETE("compute.instances.delete"),
  INSTANCES_GET("compute.instances.get"),
  INSTANCES_LIST("compute.instances.list"),
  INSTANCES_SET_LABELS("compute.instances.setLabels"),
  INSTANCES_SET_METADATA("compute.instances.setMetadata"),
  INSTANCES_SET_SERVICE_ACCOUNT("compute.instances.setServiceAccount"),
  INSTANCES_SET_TAGS("compute.instances.setTags"),
  MACHINE_TYPES_GET("compute.machineTypes.get"),
  NETWORKS_GET("compute.networks.get"),
  OPERATIONS_GET("compute.zoneOperations.get"),
  REGIONS_GET("compute.regions.get"),
  SUBNETWORKS_GET("compute.subnetworks.get"),
  SUBNETWORKS_USE("compute.subnetworks.use"),
  SUBNETWORKS_USE_EXTERNAL_IP("compute.subnetworks.useExternalIp"),
  ZONES_GET("compute.zones.get"),
  /** Asked for on the account machines run as, which may be all there is it is given on. */
  ACT_AS("iam.serviceAccounts.actAs"),
  /** Which anybody may. */
  TEST_PERMISSIONS("");

  private final String permission;

  Action(String permission) {
    this.permission = permission;
  }

  /** As a role of IAM has it; empty where none is needed. */
  String permission() {
    return permission;
  }

  /** Whether an account cannot do without it in this project, as far as the project can tell. */
  boolean neededIn(String project, Settings settings) {
    return needed(settings) && project.equals(asked(settings));
  }

  private boolean needed(Settings settings) {
    return switch (this) {
      case IMAGES_GET, IMAGES_GET_FROM_FAMILY, IMAGES_USE ->
          settings.checkImages().stream()
              .anyMatch(image -> image.projectOr(settings.project()).equals(settings.project()));
      case INSTANCES_SET_SERVICE_ACCOUNT -> !settings.serviceAccount().isEmpty();
      case INSTANCES_SET_TAGS -> !settings.tags().isEmpty();
      case MACHINE_TYPES_GET -> !settings.checkTypes().isEmpty();
      case NETWORKS_GET -> settings.subnetworks().isEmpty();
      case SUBNETWORKS_GET -> !settings.subnetworks().isEmpty();
      case SUBNETWORKS_USE_EXTERNAL_IP -> settings.externalIp();
      case ACT_AS, TEST_PERMISSIONS -> false;
      case DISKS_CREATE,
          DISKS_SET_LABELS,
          INSTANCES_CREATE,
          INSTANCES_DELETE,
          INSTANCES_GET,
          INSTANCES_LIST,
          INSTANCES_SET_LABELS,
          INSTANCES_SET_METADATA,
          OPERATIONS_GET,
          REGIONS_GET,
          SUBNETWORKS_USE,
          ZONES_GET ->
          true;
    };
  }

  /** In which project it is asked for; they differ where a network is shared. */
  private String asked(Settings settings) {
    return switch (this) {
      case NETWORKS_GET, SUBNETWORKS_GET, SUBNETWORKS_USE, SUBNETWORKS_USE_EXTERNAL_IP ->
          settings.networkProject();
      default -> settings.project();
    };
  }
}
