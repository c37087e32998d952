package dev.nimbus.adapters.azure;

/** How things are written at Azure, as regular expressions. */
final class Form {
  static final String GUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
  static final String LOCATION = "[a-z]{2,40}[0-9]{0,2}";
  static final String GROUP = "[A-Za-z0-9_()-][A-Za-z0-9_().-]{0,88}[A-Za-z0-9_()-]";
  static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,79}";
  static final String TYPE = "(Standard|Basic)_[A-Za-z0-9_-]{1,60}";
  static final String PROVIDED =
      "/subscriptions/" + GUID + "/resourceGroups/" + GROUP + "/providers/";
  static final String SUBNET =
      PROVIDED + "Microsoft\\.Network/virtualNetworks/" + NAME + "/subnets/" + NAME;
  static final String SECURITY_GROUP =
      PROVIDED + "Microsoft\\.Network/networkSecurityGroups/" + NAME;
  static final String IDENTITY =
      PROVIDED + "Microsoft\\.ManagedIdentity/userAssignedIdentities/" + NAME;

  private Form() {}
}
