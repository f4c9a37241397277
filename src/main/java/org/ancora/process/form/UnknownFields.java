package org.ancora.process.form;

import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The answers carry keys that the form does not have: a forged or broken request, refused whole. */
@ResponseStatus(HttpStatus.BAD_REQUEST)
public final class UnknownFields extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A request may carry thousands; the log needs to tell what kind of mistake it was. */
    private static final int MOST_NAMED = 5;

    UnknownFields(Set<String> keys) {
        super("The form has no field "
                + keys.stream()
                        .limit(MOST_NAMED)
                        .map(key -> key.matches("[A-Za-z][A-Za-z0-9_.]*") ? key : "of that name")
                        .collect(Collectors.joining(", ")));
    }
}
