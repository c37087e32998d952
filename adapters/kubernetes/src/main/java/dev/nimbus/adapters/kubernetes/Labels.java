package dev.nimbus.adapters.kubernetes;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Owner;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What we write on things of ours. Labels are what can be looked for; their values are short, so
 * what a label may not hold as it is stands in an annotation of the same name.
 */
final class Labels {
  static final String TYPE = "nimbus-type";
  static final String TOKEN = "nimbus-token";

  private static final Set<String> TAGS =
      Set.of(Owner.CONTROLLER, Owner.MACHINE, Owner.ORG, Owner.POOL);

  private static final Pattern VALUE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final int KEPT = 48;
  private static final int DIGEST = 12;

  private Labels() {}

  /** Those of a machine. */
  static Map<String, String> of(MachineSpec spec) {
    var labels = new TreeMap<String, String>();
    spec.tags().forEach((name, value) -> labels.put(name, safe(value)));
    labels.put("app.kubernetes.io/managed-by", "nimbus");
    return labels;
  }

  /** What stands beside the labels of a machine. */
  static Map<String, String> annotations(MachineSpec spec) {
    var annotations = new TreeMap<>(spec.tags());
    annotations.put(TYPE, spec.cell().type());
    annotations.put(TOKEN, spec.token());
    return annotations;
  }

  /** By which a controller's things are found. */
  static String selector(ControllerId controller) {
    return Owner.CONTROLLER + "=" + controller;
  }

  /** The tags that something carries. */
  static Map<String, String> tags(ObjectMeta of) {
    var tags = new TreeMap<>(map(of.getLabels()));
    tags.putAll(map(of.getAnnotations()));
    tags.keySet().retainAll(TAGS);
    return tags;
  }

  /** An annotation; empty for none. */
  static String annotation(ObjectMeta of, String name) {
    return map(of.getAnnotations()).getOrDefault(name, "");
  }

  /** Whether something carries this controller's label and is called as that says. */
  static boolean madeBy(ObjectMeta what, ControllerId controller) {
    var labels = map(what.getLabels());
    var name = Objects.requireNonNullElse(what.getName(), "");
    return controller.value().equals(labels.get(Owner.CONTROLLER))
        && name.equals(labels.get(Owner.MACHINE))
        && MachineName.fits(name)
        && new MachineName(name).controller().equals(controller);
  }

  /** The value, or where a label may not hold it, as much of it as tells it apart. */
  static String safe(String value) {
    return VALUE.matcher(value).matches()
        ? value
        : value.substring(0, Math.min(KEPT, value.length())) + "-" + digest(value);
  }

  private static String digest(String value) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      var digest = sha.digest(value.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGEST);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static Map<String, String> map(@Nullable Map<String, String> map) {
    return Objects.requireNonNullElse(map, Map.of());
  }
}
