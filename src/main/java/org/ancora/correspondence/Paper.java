package org.ancora.correspondence;

/** The sheet a letter is printed on. */
enum Paper {
    A4("A4", "210mm 297mm"),
    LETTER("US Letter", "8.5in 11in");

    private final String words;
    private final String css;

    Paper(String words, String css) {
        this.words = words;
        this.css = css;
    }

    /** What lies in the printers there: Letter in Canada and the United States, A4 everywhere else. */
    static Paper of(String jurisdiction) {
        return jurisdiction.startsWith("CA") || jurisdiction.startsWith("US") ? LETTER : A4;
    }

    String words() {
        return words;
    }

    String css() {
        return css;
    }
}
