package org.ancora.engagement;

import org.ancora.process.monitor.ServiceLevel;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the engagement promises: the first call within five business days of the assignment (A5, A6). */
@Configuration(proxyBeanMethods = false)
class EngagementLevels {

    /**
     * The deadline that was recorded for the first contact, moved or not, and the first attempt to reach the client. A search
     * that ended before anybody had to call, because the client came by or it was given up, kept its promise.
     */
    @Bean
    ServiceLevel firstCallLevel() {
        return new ServiceLevel("first-call", 10, """
                select d.id::text as id, e.case_code, e.project_id, null::text as office, d.due_at,
                       least((select min(a.attempted_at) from contact_attempt a
                               where a.episode_id = e.id and a.party = 'client'), e.ended_at) as done_at
                  from deadline d
                  join engagement_episode e
                    on e.case_code = d.case_code and d.recorded_at >= e.started_at
                   and d.recorded_at <= coalesce(e.ended_at, 'infinity')
                 where d.label = 'first-contact'
                   and not exists (select 1 from deadline l
                                    where l.case_code = d.case_code and l.label = d.label and l.id > d.id
                                      and l.recorded_at <= coalesce(e.ended_at, 'infinity'))
                """);
    }
}
