package org.ancora.referral.directory;

import java.util.regex.Pattern;

/**
 * Makes cells harmless that a spreadsheet would take for a formula, in a way that comes undone when they are read: importing
 * what was given out changes nothing. Numbers and telephone numbers may begin with a sign.
 */
final class Cells {

    private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[+\\-][0-9][0-9 ().,/\\-]*");

    private Cells() {}

    /** What is written for a value. */
    static String escaped(String value) {
        return isRisky(value) ? "'" + value : value;
    }

    /** The value for which this was written. */
    static String unescaped(String cell) {
        return cell.startsWith("'") && isRisky(cell.substring(1)) ? cell.substring(1) : cell;
    }

    /** A cell with quotes around it, for a line of a file. */
    static String quoted(String value) {
        String cell = escaped(value);
        boolean plain = true;
        for (int i = 0; i < cell.length() && plain; i++) {
            char each = cell.charAt(i);
            plain = each != '"' && each != ',' && each != ';' && each != '\n' && each != '\r' && each != '\t';
        }
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static boolean isRisky(String value) {
        return FORMULA.matcher(value).matches() && !NUMBER.matcher(value).matches();
    }
}
