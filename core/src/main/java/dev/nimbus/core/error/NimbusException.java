package dev.nimbus.core.error;

/**
 * Every failure that is not an outcome. The message says what was being done to what, with the
 * value.
 */
public final class NimbusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  public NimbusException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public NimbusException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
