package org.ancora.correspondence;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Lets a test send e-mails through a mail server of its own; without one they become files as in any demo. */
@Configuration(proxyBeanMethods = false)
class SwitchedCarriers {

    private static volatile @Nullable Carrier instead;

    /** From now on e-mails go this way; null brings the usual way back. */
    static void sendThrough(@Nullable Carrier carrier) {
        instead = carrier;
    }

    @Bean
    @Primary
    Carriers carriersThatTestsSwitch(@Qualifier("carriers") Carriers usual) {
        return new Carriers(
                new Carrier() {
                    @Override
                    public Handover handOver(StoredMessage message) {
                        return now().handOver(message);
                    }

                    @Override
                    public boolean goesOut() {
                        return now().goesOut();
                    }

                    private Carrier now() {
                        Carrier carrier = instead;
                        return carrier == null ? usual.mail() : carrier;
                    }
                },
                usual.texts());
    }
}
