package dev.nimbus.adapters.aws;

import software.amazon.awssdk.services.ec2.model.LaunchTemplateSpecification;

/**
 * What AWS fills in where a request says nothing. Of a version that is numbered, so that a request
 * repeated later is the same request.
 *
 * @param idOrName empty for none
 */
record LaunchTemplate(String idOrName, String version) {
  static final LaunchTemplate NONE = new LaunchTemplate("", "");

  boolean used() {
    return !idOrName.isEmpty();
  }

  boolean byId() {
    return idOrName.startsWith("lt-");
  }

  LaunchTemplateSpecification specification() {
    var builder = LaunchTemplateSpecification.builder().version(version);
    return (byId() ? builder.launchTemplateId(idOrName) : builder.launchTemplateName(idOrName))
        .build();
  }

  @Override
  public String toString() {
    return idOrName + ":" + version;
  }
}
