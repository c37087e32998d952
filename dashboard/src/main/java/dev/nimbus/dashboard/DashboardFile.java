package dev.nimbus.dashboard;

/** One file of the dashboard, as it goes over the wire. */
public final class DashboardFile {
  private final String contentType;
  private final String etag;
  private final byte[] body;

  DashboardFile(String contentType, String etag, byte[] body) {
    this.contentType = contentType;
    this.etag = etag;
    this.body = body;
  }

  public String contentType() {
    return contentType;
  }

  /** A strong entity tag with its quotes; changes when the content does. */
  public String etag() {
    return etag;
  }

  /** A copy of the content. */
  public byte[] body() {
    return body.clone();
  }
}
