package dev.nimbus.adapters.aws;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What images call their first disk, which never changes. Thread-safe. */
final class Images {
  private static final int MOST = 256;

  private final Ec2 ec2;
  private final Map<String, String> rootDevices = new ConcurrentHashMap<>();

  Images(Ec2 ec2) {
    this.ec2 = ec2;
  }

  /** The name of an image's first disk, such as {@code /dev/xvda}; empty where there is none. */
  String rootDevice(String image) {
    var known = rootDevices.get(image);
    if (known != null) {
      return known;
    }
    var answer =
        ec2.ask(
            Action.DESCRIBE_IMAGES,
            client -> client.describeImages(request -> request.imageIds(image)));
    var device =
        answer.images().stream()
            .map(one -> one.rootDeviceName() == null ? "" : one.rootDeviceName())
            .findFirst()
            .orElse("");
    if (!device.isEmpty() && rootDevices.size() < MOST) {
      rootDevices.put(image, device);
    }
    return device;
  }
}
