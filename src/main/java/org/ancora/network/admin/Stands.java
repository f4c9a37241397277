package org.ancora.network.admin;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;

/**
 * A box in which something else was ticked than stands there now, because somebody was faster; shown by
 * {@code admin/parts :: stands} above the boxes as they were ticked.
 *
 * @param label of the box, in the viewer's language
 * @param now how it stands, in the viewer's language
 */
public record Stands(String label, String now) {

    /** Answers 409 with these lines above the form. */
    public static void show(List<Stands> lines, Model model, HttpServletResponse response) {
        response.setStatus(HttpStatus.CONFLICT.value());
        model.addAttribute("stale", true);
        model.addAttribute("stands", lines);
    }
}
