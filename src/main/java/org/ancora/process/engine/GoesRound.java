package org.ancora.process.engine;

import org.ancora.web.Problem;
import org.springframework.http.HttpStatus;

/** A procedure came to one of its elements too often in one day, and is not let on: its diagram goes round and never ends. */
class GoesRound extends Problem {

    private static final long serialVersionUID = 1L;

    /**
     * Stops it.
     *
     * @param process the procedure
     * @param element to which it came
     * @param most how often it may in one day
     */
    GoesRound(String process, String element, int most) {
        super(HttpStatus.CONFLICT, "process.goes-round", process, element, most);
    }
}
