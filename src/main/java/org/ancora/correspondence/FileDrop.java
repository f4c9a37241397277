package org.ancora.correspondence;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ancora.casework.Channel;

/** Where no server is configured: e-mail becomes an {@code .eml} file, a text message a {@code .txt} file. */
final class FileDrop implements Carrier {

    private final Path folder;
    private final EmailWriter writer;

    FileDrop(Path folder, EmailWriter writer) {
        this.folder = folder;
        this.writer = writer;
    }

    @Override
    public boolean goesOut() {
        return false;
    }

    @Override
    public Handover handOver(StoredMessage message) {
        boolean mail = message.channel() == Channel.EMAIL;
        Path file = folder.resolve("message-" + message.id() + (mail ? ".eml" : ".txt"));
        try {
            Files.createDirectories(folder);
            try (OutputStream out = Files.newOutputStream(file)) {
                if (mail) {
                    writer.write(message).writeTo(out);
                } else {
                    out.write((message.address() + "\n\n" + message.text() + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
            return new Handover.Written(file.getFileName().toString());
        } catch (IOException | MessagingException unwritable) {
            return new Handover.Refused(Replies.shortened(unwritable.getMessage()));
        }
    }
}
