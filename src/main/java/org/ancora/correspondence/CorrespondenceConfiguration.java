package org.ancora.correspondence;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
import tools.jackson.databind.ObjectMapper;

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
     */
    @ConfigurationProperties("ancora.sms")
    record SmsSettings(
            java.net.@Nullable URI url,
            @Nullable String token,
            @DefaultValue("30s") Duration limit) {}

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
            ObjectMapper json,
            Environment environment,
            @Value("${ancora.data:data}") Path data) {
        FileDrop files = new FileDrop(data.resolve("mail"), writer);
        JavaMailSenderImpl configured = server.getIfAvailable();
        if (configured == null && !mail.toFiles() && !environment.acceptsProfiles(Profiles.of("demo | test"))) {
            throw new StartUpRefused("No mail server is named: set SPRING_MAIL_HOST, or ANCORA_MAIL_TOFILES=true for"
                    + " an office that sends no e-mail.");
        }
        Carrier mailer = configured == null ? files : new MailCarrier(new MailServer(configured, mail.limit()), writer);
        Carrier texts = sms.url() == null ? files : new SmsGateway(sms.url(), sms.token(), sms.limit(), json);
        return new Carriers(mailer, texts);
    }
}
