package dev.nimbus.hostagent.ship;

import dev.nimbus.api.log.LogLine;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Numbers what is cut from the console, and the remarks around it. Not thread-safe. */
final class Lines {
  private static final Logger LOG = LoggerFactory.getLogger(Lines.class);

  private final Cutter cutter;
  private final Mask mask;
  private final ShipFiles files;
  private final InstantSource time;
  private Place place;
  private boolean consoleEnded;
  private @Nullable Ending ending;

  Lines(Place from, List<Long> knownCuts, Mask mask, ShipFiles files, InstantSource time) {
    this.cutter = new Cutter(from.offset(), from.midLine(), knownCuts, mask);
    this.mask = mask;
    this.place = from;
    this.files = files;
    this.time = time;
  }

  /** Behind the last line given. */
  Place place() {
    return place;
  }

  /** The first line of all, if this log has none yet. */
  List<Batch.Entry> begin(String text) {
    return place.sequence() == 0 ? List.of(remark(text, false)) : List.of();
  }

  List<Batch.Entry> feed(byte[] chunk, int count) {
    return cutter.feed(chunk, count).stream().map(this::entry).toList();
  }

  boolean unfinished() {
    return cutter.partial() && !consoleEnded;
  }

  /** A cut that cannot be noted must not be made: the line then waits for its end. */
  Optional<Batch.Entry> showUnfinished() {
    var offset = cutter.idleOffset();
    if (offset == place.offset()) {
      return Optional.empty();
    }
    try {
      files.cut(offset);
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("Cannot note a cut; an unfinished line is not shown");
      return Optional.empty();
    }
    return cutter.idle().map(this::entry);
  }

  List<Batch.Entry> consoleEnded() {
    var rest = cutter.end().map(this::entry).stream().toList();
    consoleEnded = true;
    return rest;
  }

  /** What the last line of all will say. Only the first call counts. */
  void end(Ending how) {
    if (ending == null) {
      ending = how;
    }
  }

  /** The last line of all, once, when its time has come. */
  Optional<Batch.Entry> last() {
    return consoleEnded && ending != null && !place.done()
        ? Optional.of(remark(ending.text(place.lines()), true))
        : Optional.empty();
  }

  private Batch.Entry entry(Cut cut) {
    place = place.after(cut);
    var text = mask.over(cut.text());
    return entry("console", Levels.of(text), text, cut.complete());
  }

  private Batch.Entry remark(String text, boolean last) {
    place = place.afterRemark(last);
    return entry("nimbus", "info", text, true);
  }

  private Batch.Entry entry(String source, String level, String text, boolean complete) {
    var line =
        new LogLine(null, null, place.sequence(), time.instant(), source, level, text, complete);
    return new Batch.Entry(line, place);
  }
}
