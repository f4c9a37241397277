package org.ancora.correspondence;

import org.ancora.access.Viewer;

/**
 * Somebody confirmed on the print queue that a letter is in the post; heard in the same transaction, so that a procedure
 * that waits for it goes on.
 */
public record LetterPosted(LetterId letter, String caseCode, Viewer by) {}
