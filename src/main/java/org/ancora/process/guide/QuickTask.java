package org.ancora.process.guide;

import java.util.List;
import java.util.Locale;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;

/**
 * "How do I …": one thing that people do often and the page on which it is done (C141, C146).
 *
 * @param key of the question, {@code guide.how.<key>}; the way to it is {@code guide.how.<key>.way}
 * @param path the page on which it begins
 * @param permission whoever has it anywhere may do it
 * @param labels message keys of what one presses on the way, which the words take as they stand on the pages
 */
record QuickTask(String key, String path, Permission permission, List<String> labels) {

    private static final String CASES = "nav.cases";

    static final List<QuickTask> ALL = List.of(
            of("load", "/tasks", Permission.WORK_TASK, "task.navigation"),
            of("find", "/cases", Permission.READ_CASE, CASES),
            of("intake", "/intakes/new", Permission.REGISTER_INTAKE, "engagement.intake.title"),
            of("assign", "/cases", Permission.ASSIGN_CASE, CASES, "case.action.assign"),
            of("status", "/cases", Permission.CHANGE_STATUS, CASES, "status.action"),
            of("note", "/cases", Permission.WRITE_NOTES, CASES, "note.write"),
            of("reminder", "/cases", Permission.SET_REMINDERS, CASES, "reminder.add"),
            of("referral", "/cases", Permission.MAKE_REFERRALS, CASES, "referral.title", "referral.new"),
            of("close", "/cases", Permission.CLOSE_CASE, CASES, "case.action.close"),
            of("boundary", "/boundary/new", Permission.RECORD_BOUNDARY_REQUEST, "conduct.action"));

    private static QuickTask of(String key, String path, Permission permission, String... labels) {
        return new QuickTask(key, path, permission, List.of(labels));
    }

    /** Whether this person may do it somewhere; what one may not do is still shown, without a link. */
    boolean isFor(Viewer viewer) {
        return viewer.mayAnywhere(permission);
    }

    /** The way to it, in the words that stand on the pages. */
    String way(GuideWords words, Locale language) {
        return words.text(
                "guide.how." + key + ".way",
                language,
                labels.stream()
                        .map(label ->
                                words.text(label, language).replace("…", "").strip())
                        .toArray());
    }
}
