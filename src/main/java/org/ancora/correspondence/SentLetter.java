package org.ancora.correspondence;

import org.jspecify.annotations.Nullable;

/**
 * What became of a letter.
 *
 * @param message its place in the outbox
 * @param letter the letter kept as it was sent; null for text messages, which are kept in the outbox alone
 */
public record SentLetter(MessageId message, @Nullable LetterId letter) {}
