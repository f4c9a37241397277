package org.ancora.process.form;

import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The answers carry keys that the form does not have: a forged or broken request, refused whole. */
@ResponseStatus(HttpStatus.BAD_REQUEST)
public final class UnknownFields extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownFields(Set<String> keys) {
        super("The form has no field " + String.join(", ", keys));
    }
}
