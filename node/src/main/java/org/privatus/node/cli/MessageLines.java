package org.privatus.node.cli;

import org.privatus.node.control.MessageView;
import org.privatus.node.terminal.Moments;
import org.privatus.node.terminal.RemoteText;

/// How a message looks in a terminal: time, person, text.
final class MessageLines {
    private MessageLines() {}

    static String received(MessageView message) {
        return Moments.text(message.timeMillis()) + "  " + RemoteText.line(message.name()) + ": "
                + RemoteText.block(message.text());
    }

    static String waiting(MessageView message) {
        return Moments.text(message.timeMillis()) + "  to " + RemoteText.line(message.name()) + ": "
                + RemoteText.block(message.text());
    }
}
