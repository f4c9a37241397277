package org.ancora.web;

import com.openhtmltopdf.extend.FSTextBreaker;
import com.openhtmltopdf.layout.UrlAwareLineBreakIterator;
import java.text.BreakIterator;
import java.util.Locale;

/** Where a line on paper may end: never behind the apostrophe of an elision, as in l’ente, where the library would end one. */
final class LineBreaks implements FSTextBreaker {

    private final FSTextBreaker breaks = new UrlAwareLineBreakIterator(BreakIterator.getLineInstance(Locale.ROOT));
    private String text = "";

    @Override
    public void setText(String newText) {
        text = newText;
        breaks.setText(newText);
    }

    @Override
    public int next() {
        int at = breaks.next();
        while (isElided(at)) {
            at = breaks.next();
        }
        return at;
    }

    private boolean isElided(int at) {
        return at > 1
                && at < text.length()
                && text.charAt(at - 1) == '’'
                && Character.isLetter(text.charAt(at - 2))
                && Character.isLetter(text.charAt(at));
    }
}
