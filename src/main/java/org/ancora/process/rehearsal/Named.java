package org.ancora.process.rehearsal;

/**
 * Something of a diagram in a journal line, named in the reader's language when it is shown.
 *
 * @param element empty for the procedure itself
 */
record Named(String process, String element) {}
