package dev.nimbus.service.http;

/** A failure of the kernel itself that has its answer ready. */
final class HttpFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reply reply;

  HttpFailure(Response reply) {
    super(null, null, false, false);
    this.reply = (Reply) reply;
  }

  Reply reply() {
    return reply;
  }
}
