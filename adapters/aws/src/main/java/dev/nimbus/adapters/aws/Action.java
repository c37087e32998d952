package dev.nimbus.adapters.aws;

/** Everything a policy of IAM must allow; what is called, and what AWS asks for along with it. */
enum Action {
  ALLOCATE_HOSTS("ec2:AllocateHosts"),
  /** Asked for along with what makes something that carries tags. */
  CREATE_TAGS("ec2:CreateTags"),
  DESCRIBE_HOSTS("ec2:DescribeHosts"),
  DESCRIBE_IMAGES("ec2:DescribeImages"),
  DESCRIBE_INSTANCES("ec2:DescribeInstances"),
  DESCRIBE_LAUNCH_TEMPLATE_VERSIONS("ec2:DescribeLaunchTemplateVersions"),
  DESCRIBE_SECURITY_GROUPS("ec2:DescribeSecurityGroups"),
  DESCRIBE_SPOT_PRICE_HISTORY("ec2:DescribeSpotPriceHistory"),
  DESCRIBE_SUBNETS("ec2:DescribeSubnets"),
  /** Asked for along with machines that get an instance profile. */
  PASS_ROLE("iam:PassRole"),
  RELEASE_HOSTS("ec2:ReleaseHosts"),
  RUN_INSTANCES("ec2:RunInstances"),
  TERMINATE_INSTANCES("ec2:TerminateInstances");

  private final String iam;

  Action(String iam) {
    this.iam = iam;
  }

  /** As a policy writes it. */
  String iam() {
    return iam;
  }
}
