package org.ancora.correspondence;

import org.ancora.access.UserId;

/** Somebody confirmed that a letter is in the post; heard in the same transaction. */
public record LetterPosted(LetterId letter, String caseCode, UserId by) {}
