package org.ancora.network.admin;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;

/**
 * What stands now where somebody typed something else: a form that comes too late is shown again with all that was typed
 * under {@code admin/sheet :: stale}, and saving it once more replaces what stands there.
 */
public final class Differences {

    private final List<Line> lines = new ArrayList<>();

    /**
     * One field.
     *
     * @param labelKey message key of what the form calls it
     * @param now what stands there, in words; may be empty
     */
    public record Line(String labelKey, String now) {}

    /** Adds a field where what was typed is not what stands there. */
    public Differences field(String labelKey, @Nullable String typed, String now) {
        return field(labelKey, Objects.requireNonNullElse(typed, "").strip(), now, now);
    }

    /**
     * Adds a field whose values are codes, or several at once.
     *
     * @param shown what stands there, in words
     */
    public Differences field(String labelKey, Object typed, Object now, String shown) {
        if (!typed.equals(now)) {
            add(labelKey, shown);
        }
        return this;
    }

    void add(String labelKey, String now) {
        lines.add(new Line(labelKey, now));
    }

    /**
     * Answers 409 with the form as it was typed, under what stands there now; it replaces that when it is sent again.
     *
     * @param version of what stands there now
     */
    public void show(int version, Model model, HttpServletResponse response) {
        response.setStatus(HttpStatus.CONFLICT.value());
        model.addAttribute("differences", this);
        model.addAttribute("current", version);
    }

    /** Returns the fields that differ, in the order of the form. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }
}
