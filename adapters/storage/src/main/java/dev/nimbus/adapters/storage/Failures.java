package dev.nimbus.adapters.storage;

import dev.nimbus.core.error.NimbusException;
import java.sql.SQLException;

/** Says what an error of a database means and what to do about it. */
interface Failures {
  NimbusException translate(String doing, Object subject, SQLException cause);
}
