package org.ancora.process.steering;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A deed that can be done now.
 *
 * @param effects what will happen, in words
 * @param details codes and dates for the log
 * @param act does it; returns the id of the procedure to look at afterwards
 */
record Prepared(List<String> effects, Map<String, String> details, Supplier<String> act) {}
