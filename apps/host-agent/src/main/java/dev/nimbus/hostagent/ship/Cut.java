package dev.nimbus.hostagent.ship;

/**
 * A line, or a part of one, cut out of the console.
 *
 * @param complete false when the line goes on in the next cut
 * @param endOffset the console byte after it, its line break included
 */
record Cut(String text, boolean complete, long endOffset) {}
