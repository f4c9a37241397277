package org.ancora.correspondence;

/**
 * A letter that process owners may rewrite: the files {@code letters/<name>.<language>.html} of a deployed folder.
 *
 * @param folder the folder under {@code processes/}, such as {@code engagement}
 * @param name such as {@code no-contact}; also names it in lists by the message {@code letter.<name>}
 */
public record LetterKind(String folder, String name) {

    public LetterKind {
        if (!folder.matches("[a-z][a-z0-9-]*") || !name.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("Not the name of a letter: " + folder + "/" + name);
        }
    }

    String file(String language) {
        return "letters/" + name + "." + language + ".html";
    }
}
