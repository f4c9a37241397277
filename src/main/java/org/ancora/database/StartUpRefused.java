package org.ancora.database;

/** Ancora cannot start as things stand; the message is the one sentence its operator reads. */
public class StartUpRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param sentence what is in the way and what to do about it, in one sentence */
    public StartUpRefused(String sentence) {
        super(sentence);
    }

    StartUpRefused(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
