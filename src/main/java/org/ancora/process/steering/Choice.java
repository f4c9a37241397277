package org.ancora.process.steering;

/** Something that may be chosen, with its words. */
record Choice(String value, String words) {}
