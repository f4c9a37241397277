package org.ancora.attention.complaint;

import org.ancora.process.monitor.ServiceLevel;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What petitioners are promised: an answer within the days of their kind of petition (J-R1 to J-R4). */
@Configuration(proxyBeanMethods = false)
class ComplaintLevels {

    /** The promise as it stands now; what was withdrawn, merged or redirected, and what stands still, is not measured. */
    @Bean
    ServiceLevel answersLevel() {
        return new ServiceLevel("answers", 20, """
                select k.number as id, k.number as case_code, k.project_id, substring(k.number from '^([A-Z]{2,6}[0-9])-') as office,
                       k.due_at, k.answered_at as done_at
                  from complaint k
                 where k.stopped_at is null and (k.ended_at is null or k.answered_at is not null)
                """);
    }
}
