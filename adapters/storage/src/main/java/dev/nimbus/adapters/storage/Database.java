package dev.nimbus.adapters.storage;

/** Runs atomic steps against a database. Thread-safe; calls block, also on virtual threads. */
interface Database extends AutoCloseable {
  Dialect dialect();

  /**
   * Runs a step that changes something and returns when that is durable.
   *
   * @param doing what is done, to complete the sentence "Cannot …", such as {@code "admit job"}
   * @param subject what it is done to
   */
  <T> T write(String doing, Object subject, Work<T> work);

  /** Runs a step that only reads. */
  <T> T read(String doing, Object subject, Work<T> work);

  @Override
  void close();
}
