package dev.nimbus.hostagent.ship;

/**
 * A place between two lines of a job's log.
 *
 * @param sequence of the line before it; zero when there is none
 * @param offset the console byte after that line
 * @param midLine whether that line is a part and goes on
 * @param lines how many whole console lines came before
 * @param done whether that line was the last of all
 */
record Place(long sequence, long offset, boolean midLine, long lines, boolean done) {
  static final Place START = new Place(0, 0, false, 0, false);

  Place after(Cut cut) {
    return new Place(
        sequence + 1, cut.endOffset(), !cut.complete(), cut.complete() ? lines + 1 : lines, false);
  }

  /** After a line that is not from the console. */
  Place afterRemark(boolean last) {
    return new Place(sequence + 1, offset, midLine, lines, last);
  }
}
