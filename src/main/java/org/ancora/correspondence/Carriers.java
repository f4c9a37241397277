package org.ancora.correspondence;

import org.ancora.casework.Channel;

/** Who carries which kind of message here. */
record Carriers(Carrier mail, Carrier texts) {

    Carrier of(Channel channel) {
        return switch (channel) {
            case EMAIL -> mail;
            case SMS -> texts;
            case POST, VOICEMAIL, FAMILY -> throw new IllegalArgumentException(channel.code() + " is not carried");
        };
    }
}
