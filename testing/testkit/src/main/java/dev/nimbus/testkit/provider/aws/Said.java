package dev.nimbus.testkit.provider.aws;

import java.util.List;
import java.util.regex.Pattern;

/**
 * An answer in EC2's words.
 *
 * @param status of HTTP
 * @param body XML
 */
record Said(int status, String body) {
  private static final Pattern INSTANCE = Pattern.compile("<instanceId>(i-[0-9a-f]+)</instanceId>");

  static Said error(int status, String code, String message) {
    return new Said(
        status,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors>\
        <RequestID>7a62c49f-347e-4fc4-9331-6e8eEXAMPLE</RequestID></Response>
        """
            .formatted(code, message));
  }

  /** The machines it tells of, when it is no error. */
  List<String> instances() {
    return fine()
        ? INSTANCE.matcher(body).results().map(found -> found.group(1)).toList()
        : List.of();
  }

  boolean fine() {
    return status < 300;
  }
}
