package org.ancora.process.steering;

/**
 * A value that may be put right, and what it may become.
 *
 * @param value what is submitted for it
 * @param words what it is called, and what it is now
 * @param number whether it is a whole number, which is typed
 * @param known what may be chosen
 * @param now what is chosen already; empty for nothing
 */
record ValueChoice(String value, String words, boolean number, KnownValues.Known known, String now) {}
