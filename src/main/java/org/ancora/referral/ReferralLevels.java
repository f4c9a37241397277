package org.ancora.referral;

import org.ancora.process.monitor.ServiceLevel;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is promised of referrals: to ask on the agreed day what became of them (C108). */
@Configuration(proxyBeanMethods = false)
class ReferralLevels {

    @Bean
    ServiceLevel followUpsLevel() {
        return new ServiceLevel("follow-ups", 30, """
                select f.id::text as id, c.code as case_code, c.project_id, null::text as office, f.due_at, f.done_at
                  from referral_follow_up f
                  join referral r on r.id = f.referral_id
                  join case_file c on c.id = r.case_id
                 where f.dropped_at is null
                """);
    }
}
