package dev.nimbus.adapters.hetzner;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Owner;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Makes a machine of another one by having its disk written anew, in three steps of which each can
 * be repeated, and the next one tells from the server itself whether it was done:
 *
 * <ol>
 *   <li>Name and labels become the new machine's, in one call. Hetzner refuses a name that is
 *       taken. A label says which was the last thing done to the server before: {@link #DUE}.
 *   <li>The disk is written, unless that was done to the server since.
 *   <li>That label goes.
 * </ol>
 */
final class Recycler {
  /** The number of the last thing done to a server whose disk is to be written. */
  static final String DUE = "nimbus-rebuild-after";

  private static final String REBUILD = "rebuild_server";
  private static final Pattern ACTION = Pattern.compile("[0-9]{1,16}");
  private static final Map<String, String> NEWEST = Map.of("sort", "id:desc", "per_page", "25");

  private final Api api;
  private final Sightings sightings;
  private final Catalog catalog;
  private final CreateRequest requests;
  private final Launching launching;
  private final ControllerId controller;

  Recycler(
      Api api,
      Sightings sightings,
      Catalog catalog,
      CreateRequest requests,
      Launching launching,
      ControllerId controller) {
    this.api = api;
    this.sightings = sightings;
    this.catalog = catalog;
    this.requests = requests;
    this.launching = launching;
    this.controller = controller;
  }

  Launch recycle(InstanceRef ended, MachineSpec spec) {
    checkNames(ended, spec);
    var problem = problem(spec);
    if (!problem.isEmpty()) {
      return new Launch.Refused(problem);
    }
    try {
      // In this order: nothing was done for the new machine before the old one was still seen.
      var id = Long.parseLong(ended.id());
      var before = actions(id).stream().mapToLong(Wire.Action::id).max().orElse(0);
      var seen = sightings.byId(id);
      return seen.isEmpty() || seen.get().ending()
          ? launching.launch(spec)
          : recycle(ended, spec, seen.get(), before);
    } catch (Refusal e) {
      return e.launch(spec);
    }
  }

  private Launch recycle(InstanceRef ended, MachineSpec spec, Sighting seen, long before) {
    if (seen.is(spec.name())) {
      return resume(spec, seen);
    }
    if (!seen.is(ended.name())) {
      throw denied(ended, spec, "by its labels that is " + owner(seen));
    }
    var misfit = misfit(spec, seen);
    if (!misfit.isEmpty()) {
      throw denied(ended, spec, misfit);
    }
    return begin(spec, seen, before);
  }

  private Launch begin(MachineSpec spec, Sighting seen, long before) {
    var pause = api.pause();
    if (pause.isPositive()) {
      return new Launch.Throttled(api.left(), pause);
    }
    catalog.imageFor(spec); // What cannot be is refused while nothing is done yet.
    var labels = new TreeMap<>(CreateRequest.labels(spec));
    labels.put(DUE, Long.toString(before));
    try {
      return resume(spec, relabelled(spec, seen, labels));
    } catch (Refusal e) {
      if (e.meaning() == Meaning.TAKEN) {
        return launching.launch(spec); // It finds the one that has the name.
      }
      throw e;
    }
  }

  /** Goes on where this call, an earlier one or one beside it came to. */
  private Launch resume(MachineSpec spec, Sighting seen) {
    var due = seen.tags().get(DUE);
    if (due == null || !CreateRequest.mark(spec).equals(seen.tags().get(CreateRequest.SPEC))) {
      return launching.answer(spec, seen);
    }
    if (!ACTION.matcher(due).matches()) {
      return new Launch.Refused("label %s of %s is '%s'".formatted(DUE, spec.name(), due));
    }
    var after = Long.parseLong(due);
    for (var action : actions(seen.id())) {
      if (action.id() > after && action.command().equals(REBUILD)) {
        return written(spec, seen, action);
      }
    }
    return write(spec, seen, catalog.imageFor(spec));
  }

  private Launch write(MachineSpec spec, Sighting seen, Wire.Image image) {
    var request = Map.of("image", Long.toString(image.id()), "user_data", spec.userData());
    var acted = api.change(Operation.REBUILD_SERVER, seen.id(), request, Wire.Acted.class);
    return written(spec, seen, acted.action());
  }

  private Launch written(MachineSpec spec, Sighting seen, Wire.Action action) {
    var error = action.error();
    if (action.status().equals("error") && error != null) {
      throw Refusal.failed(error);
    }
    return new Launch.Launched(relabelled(spec, seen, CreateRequest.labels(spec)).instance());
  }

  private Sighting relabelled(MachineSpec spec, Sighting seen, Map<String, String> labels) {
    var change = Map.of("name", spec.name().value(), "labels", labels);
    return Sighting.of(
        api.change(Operation.UPDATE_SERVER, seen.id(), change, Wire.OneServer.class).server());
  }

  /** What was done to a server of late; nothing to one that is gone. */
  private List<Wire.Action> actions(long server) {
    try {
      return api.listOf(Operation.LIST_ACTIONS, server, NEWEST, Wire.Actions.class).actions();
    } catch (Refusal e) {
      if (e.meaning() == Meaning.GONE) {
        return List.of();
      }
      throw e;
    }
  }

  private String problem(MachineSpec spec) {
    return spec.userData().isEmpty()
        ? "a machine that is made of another needs user data: without, Hetzner uses that of before"
        : requests.problem(spec);
  }

  /** Why a machine cannot become this one; empty when it can. */
  private static String misfit(MachineSpec spec, Sighting seen) {
    var type = seen.server().serverType().name();
    var place = seen.server().location().name();
    if (!type.equals(spec.cell().type()) || !place.equals(spec.cell().place())) {
      return "it is %s in %s".formatted(type, place);
    }
    var tenant = seen.tags().getOrDefault(Owner.ORG, "");
    return tenant.equals(spec.owner().org().value()) ? "" : "it is of tenant '" + tenant + "'";
  }

  private static String owner(Sighting seen) {
    return seen.name().isEmpty() ? "not one of ours" : "'" + seen.name() + "'";
  }

  private void checkNames(InstanceRef ended, MachineSpec spec) {
    if (ended.name().equals(spec.name())) {
      throw denied(ended, spec, "a name is given once");
    }
    if (!ended.name().controller().equals(controller)
        || !spec.name().controller().equals(controller)) {
      throw denied(ended, spec, "they are not both of controller " + controller);
    }
    if (!Catalog.numbered(ended.id())) {
      throw denied(ended, spec, "'" + ended.id() + "' is not the number of a server");
    }
  }

  private static NimbusException denied(InstanceRef ended, MachineSpec spec, String why) {
    return new NimbusException(
        Kind.DENIED, "Cannot make %s of %s: %s".formatted(spec.name(), ended, why));
  }
}
