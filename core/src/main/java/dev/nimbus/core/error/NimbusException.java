package dev.nimbus.core.error;

/**
 * Every failure that is not an outcome. The message says what was being done to what, with the
 * value.
 */
public final class NimbusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String code;

  public NimbusException(Kind kind, String message) {
    this(kind, "", message);
  }

  /** A failure with a finer word than its kind that a program may switch on. */
  public NimbusException(Kind kind, String code, String message) {
    super(message);
    this.kind = kind;
    this.code = code;
  }

  public NimbusException(Kind kind, String message, Throwable cause) {
    this(kind, "", message, cause);
  }

  public NimbusException(Kind kind, String code, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.code = code;
  }

  public Kind kind() {
    return kind;
  }

  /** The finer word, such as {@code stale-fence}; empty where the kind says it all. */
  public String code() {
    return code;
  }
}
