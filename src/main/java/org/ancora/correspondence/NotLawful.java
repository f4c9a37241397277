package org.ancora.correspondence;

import org.ancora.casework.Channel;

/** The recipient must not, or cannot, be written to in this way. */
public class NotLawful extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Channel channel;
    private final String why;

    NotLawful(Channel channel, String why) {
        super("May not be written to by " + channel.code() + ": " + why);
        this.channel = channel;
        this.why = why;
    }

    /** The way of writing that was refused. */
    public Channel channel() {
        return channel;
    }

    /** The code of the reason, as in the message keys {@code why.<code>}. */
    public String why() {
        return why;
    }
}
