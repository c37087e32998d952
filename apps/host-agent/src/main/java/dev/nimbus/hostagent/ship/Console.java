package dev.nimbus.hostagent.ship;

import java.io.IOException;
import java.io.InputStream;

/**
 * What a job prints, as {@link dev.nimbus.core.executor.Executor.Sandbox#console} gives it: reads
 * block until there is more and end with the sandbox.
 */
public interface Console {
  /** The console of a job whose sandbox never ran, or is gone. */
  Console EMPTY = _ -> InputStream.nullInputStream();

  InputStream open(long fromByte) throws IOException;
}
