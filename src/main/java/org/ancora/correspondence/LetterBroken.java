package org.ancora.correspondence;

/** A letter's template cannot be used as it stands; the message names the letter and the placeholder. */
public class LetterBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LetterBroken(String sentence) {
        super(sentence);
    }

    LetterBroken(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
