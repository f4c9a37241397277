package org.ancora.engagement;

import static org.ancora.process.RehearsalSample.Sample.flag;

import java.util.Map;
import java.util.TreeMap;
import org.ancora.access.Permission;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Caseloads;
import org.ancora.casework.ContactKind;
import org.ancora.casework.ContactPoint;
import org.ancora.casework.LawfulWays;
import org.ancora.casework.LawfulWays.Way;
import org.ancora.casework.Profile;
import org.ancora.casework.Profiles;
import org.ancora.casework.SampleCases;
import org.ancora.process.RehearsalSample;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A case as the engagement's steps see it, as yes and no: which ways are lawful, not where they lead. */
@Component
class EngagementSample implements RehearsalSample {

    private final SampleCases cases;
    private final Caseloads caseloads;
    private final Profiles profiles;
    private final Episodes episodes;

    EngagementSample(SampleCases cases, Caseloads caseloads, Profiles profiles, Episodes episodes) {
        this.cases = cases;
        this.caseloads = caseloads;
        this.profiles = profiles;
        this.episodes = episodes;
    }

    @Override
    public String folder() {
        return EngagementProcess.FOLDER;
    }

    @Override
    @Transactional
    public Sample of(String code, Viewer viewer) {
        CaseSummary file = cases.open(code, Permission.READ_PROFILE, viewer);
        cases.taken(file, "case", file.code(), viewer);
        Episode latest = episodes.of(file.code()).stream().findFirst().orElse(null);
        return latest == null
                ? new Sample(file.project(), Track.ENTRY.processKey(), file.openedAt(), facts(file))
                : new Sample(file.project(), latest.track().processKey(), latest.startedAt(), facts(file));
    }

    private Map<String, String> facts(CaseSummary file) {
        Profile client = profiles.get(file.profile());
        LawfulWays ways = client.lawfulWays();
        UserId worker = file.assignee();
        Map<String, String> facts = new TreeMap<>();
        facts.put("hasWorker", flag(worker != null));
        facts.put(
                "hasCapacity",
                flag(worker == null || file.waitingSince() == null || caseloads.hasRoom(worker, file.project())));
        facts.put("hasMainNumber", flag(ways.may(Way.CALL_MAIN)));
        facts.put("mayLeaveVoicemail", flag(ways.may(Way.VOICEMAIL)));
        facts.put("mayEmail", flag(ways.may(Way.EMAIL)));
        facts.put("mayText", flag(ways.may(Way.SMS)));
        facts.put("hasOtherNumber", flag(hasOtherNumber(client)));
        facts.put("hasFamily", flag(ways.may(Way.FAMILY)));
        facts.put("hasSource", flag(file.source().isSomebodyElse()));
        facts.put("sourceHasEmail", flag(!file.source().email().isBlank()));
        facts.put("mayPost", flag(ways.may(Way.POST)));
        facts.put("riskFlag", flag(file.isAtRisk()));
        facts.put("language", file.preferredLanguage().getLanguage());
        return facts;
    }

    private static boolean hasOtherNumber(Profile client) {
        return client.contactPoints(ContactKind.PHONE)
                .filter(point -> !point.main())
                .anyMatch(ContactPoint::isUsable);
    }
}
