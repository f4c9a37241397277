package org.ancora.correspondence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.ancora.access.ProjectId;
import org.ancora.casework.Channel;
import org.ancora.correspondence.CorrespondenceConfiguration.MailSettings;
import org.ancora.correspondence.CorrespondenceConfiguration.SmsSettings;
import org.ancora.database.StartUpRefused;
import org.ancora.network.Letterhead;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mock.env.MockEnvironment;

/** Which way messages leave, and that nothing is guessed where they matter. */
class CarriersTest {

    private static final EmailWriter WRITER = new EmailWriter(
            Clock.fixed(Instant.parse("2026-11-23T14:10:00Z"), ZoneOffset.UTC),
            null,
            project -> new Letterhead("York Support", "905 555 0100", "help@york.example", "12 Main Street", "9–17"));

    @TempDir
    private Path data;

    @Test
    void refusesToStartInProductionWithoutAMailServer() {
        assertThatThrownBy(() -> carriers(false, false, "production"))
                .isInstanceOf(StartUpRefused.class)
                .hasMessageContaining("SPRING_MAIL_HOST");
    }

    @Test
    void sendsByTheServersThatAreConfigured() {
        Carriers carriers = carriers(true, false, "production");

        assertThat(carriers.of(Channel.EMAIL)).isInstanceOf(MailCarrier.class);
        assertThat(carriers.of(Channel.SMS)).isInstanceOf(SmsGateway.class);
        assertThatThrownBy(() -> carriers.of(Channel.VOICEMAIL)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesFilesInTheDemoOrWhereAnOfficeWantsIt() throws Exception {
        assertThat(carriers(false, false, "demo").mail()).isInstanceOf(FileDrop.class);

        Handover outcome = carriers(false, true, "production").mail().handOver(message());

        assertThat(outcome).isEqualTo(new Handover.Written("message-9.eml"));
        assertThat(Files.readString(data.resolve("mail/message-9.eml")))
                .contains("To: dana@example.org", "Message-ID: <fixed@york.example>", "Please call us.");
    }

    /** An operator reads at the start what would otherwise be learned from a client who got no message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "                         | secret |                                  | application/json | ANCORA_SMS_URL",
                "gateway/send             |        |                                  | application/json | ANCORA_SMS_URL",
                "ftp://sms.example/send   |        |                                  | application/json | ANCORA_SMS_URL",
                "https://sms.example/send |        | {\"to\": \"{{to}}\"}             | application/json | {{text}}",
                "https://sms.example/send |        | {\"to\": {{to}}, \"t\": \"{{text}}\"} | application/json | JSON",
                "https://sms.example/send |        | to={{to}}&text={{text}}&by={{by}} | application/x-www-form-urlencoded | {{by}}",
                "https://sms.example/send |        | {{to}} {{text}}                  | text/plain | ANCORA_SMS_TYPE",
            })
    void refusesToStartWithATextGatewayThatCannotWork(
            @Nullable URI url, @Nullable String token, @Nullable String body, String type, String named) {
        SmsSettings settings = new SmsSettings(url, token, body, type, Duration.ofSeconds(5));

        assertThatThrownBy(settings::gateway).isInstanceOf(StartUpRefused.class).hasMessageContaining(named);
    }

    private Carriers carriers(boolean servers, boolean toFiles, String profile) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        if (servers) {
            beans.addBean("mailSender", new JavaMailSenderImpl());
        }
        MockEnvironment environment = new MockEnvironment();
        environment.setActiveProfiles(profile);
        return new CorrespondenceConfiguration()
                .carriers(
                        beans.getBeanProvider(JavaMailSenderImpl.class),
                        WRITER,
                        new MailSettings(null, toFiles, Duration.ofSeconds(5)),
                        new SmsSettings(
                                servers ? URI.create("http://localhost:1/send") : null,
                                null,
                                null,
                                SmsBody.JSON,
                                Duration.ofSeconds(5)),
                        environment,
                        data);
    }

    private static StoredMessage message() {
        return new StoredMessage(
                new MessageId(9),
                new ProjectId(1),
                "YRK-2026-0001",
                "please-call-us",
                Channel.EMAIL,
                "dana@example.org",
                "Please call us",
                "Please call us.",
                null,
                Locale.ENGLISH,
                "<fixed@york.example>",
                Instant.parse("2026-11-23T14:10:00Z"));
    }
}
