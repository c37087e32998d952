package dev.nimbus.testkit.provider.aws;

/**
 * An answer in EC2's words.
 *
 * @param status of HTTP
 * @param body XML
 */
record Said(int status, String body) {
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

  boolean fine() {
    return status < 300;
  }
}
