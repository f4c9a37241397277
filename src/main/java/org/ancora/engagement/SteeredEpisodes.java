package org.ancora.engagement;

import java.util.Arrays;
import org.ancora.process.ProcedureCancelled;
import org.ancora.process.ProcedureRestarted;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps episodes true when somebody ends their procedure before its end, or lets it begin again. */
@Component
class SteeredEpisodes {

    private final Episodes episodes;

    SteeredEpisodes(Episodes episodes) {
        this.episodes = episodes;
    }

    @EventListener
    void on(ProcedureCancelled cancelled) {
        if (isSearch(cancelled.process())) {
            episodes.end(cancelled.caseCode(), "cancelled");
        }
    }

    @EventListener
    void on(ProcedureRestarted restarted) {
        if (isSearch(restarted.process())) {
            episodes.resume(restarted.caseCode());
        }
    }

    private static boolean isSearch(String process) {
        return Arrays.stream(Track.values())
                .anyMatch(track -> track.processKey().equals(process));
    }
}
