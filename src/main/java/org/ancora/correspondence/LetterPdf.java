package org.ancora.correspondence;

import org.ancora.web.PdfPages;
import org.springframework.stereotype.Component;

/** Prints letters to PDF. */
@Component
class LetterPdf {

    private final PdfPages pdf;
    private final String css = PdfPages.resource("letters/letter.css");

    LetterPdf(PdfPages pdf) {
        this.pdf = pdf;
    }

    byte[] print(LetterSheet sheet, Paper paper) {
        return pdf.print(sheet.page("@page { size: " + paper.css() + "; }\n" + css));
    }
}
