package org.ancora.process.studio;

import java.util.Locale;
import java.util.Map;
import org.ancora.access.Viewer;
import org.jspecify.annotations.Nullable;

/** Shows owners what a letter will look like; the module that writes letters implements it. */
public interface LetterPreview {

    /**
     * The letter as a page of clean HTML: no scripts, no styles, nothing to fetch.
     *
     * @param folder the folder the letter belongs to
     * @param name the letter's file without folder, such as {@code no-contact.en.html}
     * @param template the letter as it stands in the editor
     * @param caseCode a case that the viewer may see; null for a sample
     * @throws org.ancora.web.Problem 422 when the letter cannot be filled in; the words say why
     */
    Preview html(String folder, String name, String template, @Nullable String caseCode, Viewer viewer);

    /**
     * What may be put into a letter to be filled in when it is written, with what will stand there in the reader's words.
     *
     * @param folder the folder the letter belongs to
     * @param name the letter's file without folder, such as {@code no-contact.en.html}
     */
    Map<String, String> placeholders(String folder, String name, Locale language);

    /**
     * A letter as it would be read.
     *
     * @param title its subject
     * @param html the body, safe to put into a page
     */
    record Preview(String title, String html) {}
}
