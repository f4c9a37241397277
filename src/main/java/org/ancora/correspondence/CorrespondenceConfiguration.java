package org.ancora.correspondence;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.ancora.database.StartUpRefused;
import org.ancora.network.Projects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Which way messages leave here: a mail server and a text gateway where they are configured, files else. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    CorrespondenceConfiguration.MailSettings.class,
    CorrespondenceConfiguration.SmsSettings.class
})
class CorrespondenceConfiguration {

    /**
     * How e-mail leaves.
     *
     * @param from address that e-mails are sent from; without it each organisation's own
     * @param toFiles whether e-mails become files on purpose, in an office without mail server
     * @param limit how long one e-mail may take to be handed over; well below the engine's lock on a job
     */
    @ConfigurationProperties("ancora.mail")
    record MailSettings(
            @Nullable String from,
            @DefaultValue("false") boolean toFiles,
            @DefaultValue("2m") Duration limit) {}

    /**
     * How text messages leave.
     *
     * @param url where text messages are handed over; without it they become files
     * @param token sent as bearer token
     * @param body what the gateway is sent, see {@link SmsBody}
     * @param type as what: JSON or a form
     */
    @ConfigurationProperties("ancora.sms")
    record SmsSettings(
            @Nullable URI url,
            @Nullable String token,
            @Nullable String body,
            @DefaultValue(SmsBody.JSON) String type,
            @DefaultValue("30s") Duration limit) {

        /** Who carries text messages by these settings, or nobody where none are given. */
        Optional<SmsGateway> gateway() {
            URI address = url;
            if (address == null) {
                if (body != null || token != null) {
                    throw new StartUpRefused("A text gateway is half configured: set ANCORA_SMS_URL,"
                            + " or leave out ANCORA_SMS_TOKEN and ANCORA_SMS_BODY.");
                }
                return Optional.empty();
            }
            if (address.getHost() == null
                    || !String.valueOf(address.getScheme()).matches("https?")) {
                throw new StartUpRefused(
                        "ANCORA_SMS_URL has to be a whole address that begins with https:// or http://.");
            }
            if (token != null && token.chars().anyMatch(Character::isISOControl)) {
                throw new StartUpRefused("ANCORA_SMS_TOKEN holds a line break or another control character.");
            }
            SmsBody words = SmsBody.of(Objects.requireNonNullElse(body, SmsBody.USUAL), type);
            return Optional.of(new SmsGateway(address, token, words, limit));
        }
    }

    @Bean
    EmailWriter emailWriter(Clock clock, MailSettings mail, Projects projects) {
        return new EmailWriter(
                clock, mail.from(), project -> projects.get(project).settings().letterhead());
    }

    @Bean
    Carriers carriers(
            ObjectProvider<JavaMailSenderImpl> server,
            EmailWriter writer,
            MailSettings mail,
            SmsSettings sms,
            Environment environment,
            @Value("${ancora.data:data}") Path data) {
        FileDrop files = new FileDrop(data.resolve("mail"), writer);
        JavaMailSenderImpl configured = server.getIfAvailable();
        if (configured == null && !mail.toFiles() && !environment.acceptsProfiles(Profiles.of("demo | test"))) {
            throw new StartUpRefused("No mail server is named: set SPRING_MAIL_HOST, or ANCORA_MAIL_TOFILES=true for"
                    + " an office that sends no e-mail.");
        }
        Carrier mailer = configured == null ? files : new MailCarrier(new MailServer(configured, mail.limit()), writer);
        Carrier texts = sms.gateway().map(Carrier.class::cast).orElse(files);
        return new Carriers(mailer, texts);
    }
}
