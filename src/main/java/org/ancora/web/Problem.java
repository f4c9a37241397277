package org.ancora.web;

import org.springframework.http.HttpStatus;

/**
 * Refuses a request with a status and words of the module's own, for example 409 and "Someone else has finished this task".
 * {@link org.ancora.access.Forbidden} and {@link org.ancora.access.Hidden} have words already.
 */
public class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String key;
    private final transient Object[] arguments;

    /**
     * Refuses.
     *
     * @param status what to answer, from 400
     * @param key message key of one or two sentences: what is the matter, and what to do next
     * @param arguments of the message
     */
    public Problem(HttpStatus status, String key, Object... arguments) {
        super(status.value() + " " + key);
        this.status = status;
        this.key = key;
        this.arguments = arguments.clone();
    }

    /**
     * Keeps what made it necessary, for the server's log; people never read it.
     *
     * @param cause which can be said once
     * @return this, to be thrown
     */
    public Problem causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    /**
     * Whether the page adds whom to ask for what was refused: whatever the person may not do, unless its words say so
     * already.
     */
    public boolean asksAdministrators() {
        return status == HttpStatus.FORBIDDEN;
    }

    /** With which the request is answered. */
    public HttpStatus status() {
        return status;
    }

    /** Key of the sentence that the person reads. */
    public String key() {
        return key;
    }

    /** Arguments of the message. */
    public Object[] arguments() {
        return arguments == null ? new Object[0] : arguments.clone();
    }
}
