package org.ancora.security;

import static org.ancora.access.Role.CONTRIBUTOR;
import static org.ancora.security.Route.CARERS;
import static org.ancora.security.Route.PLAN_READERS;
import static org.ancora.security.Route.administration;
import static org.ancora.security.Route.ofCase;
import static org.ancora.security.Route.strangers;

import java.time.LocalDate;
import java.util.List;
import org.ancora.referral.CaseReferrals;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Referrals, and the page that an agency opens without an account. */
@Component
class ReferralRoutes implements ModuleRoutes {

    private static final String ONE = "/cases/{code}/referrals/{id:[0-9]{1,18}}";
    private static final String SETTINGS = "/admin/projects/{key}/referrals";
    private static final String OPTION = "/{option:[a-z]{4,7}[.][a-z0-9-]{1,40}}";

    private final CaseReferrals referrals;
    private final JdbcClient jdbc;

    ReferralRoutes(CaseReferrals referrals, JdbcClient jdbc) {
        this.referrals = referrals;
        this.jdbc = jdbc;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                ofCase("GET /cases/{code}/referrals/new", CARERS).thatNamesTheClient(),
                ofCase("POST /cases/{code}/referrals/new", CARERS).sends("need=x&organization=y&when=week"),
                ofCase("GET " + ONE, PLAN_READERS, CONTRIBUTOR).thatNamesTheClient(),
                ofCase("POST " + ONE, CARERS)
                        .sends("status=accepted&outcome=unknown&when=week&version={referralVersion}"),
                ofCase("GET " + ONE + "/send", CARERS).thatNamesTheClient(),
                ofCase("POST " + ONE + "/send", CARERS)
                        .sends("agency=true&agencyEmail=a@agency.example&version={referralVersion}"),
                ofCase("POST " + ONE + "/revoke", CARERS),
                ofCase("GET " + ONE + "/reminders/new", CARERS).thatNamesTheClient(),
                ofCase("POST " + ONE + "/reminders/new", CARERS).sends("text=x&when=week"),
                administration("GET " + SETTINGS),
                administration("POST " + SETTINGS).answers(302, 409).sends("byEmail=true&bySms=true&version=1"),
                administration("GET " + SETTINGS + "/new"),
                administration("POST " + SETTINGS + "/new")
                        .sends("nameEn=Call&nameEs=Llamada&nameIt=Telefonata&position=1"),
                administration("GET " + SETTINGS + OPTION),
                administration("POST " + SETTINGS + OPTION)
                        .answers(302, 409)
                        .sends("nameEn=Yes&nameEs=Si&nameIt=Si&offered=true&version=0"),
                strangers("GET /referral-link/{secret}").shownBy("AgencyLinkTest.showsWhatIsNeededAndNobody"),
                strangers("POST /referral-link/{secret}/accept")
                        .shownBy("AgencyLinkTest.acceptsOnceHoweverOftenItIsSent"),
                strangers("POST /referral-link/{secret}/decline").shownBy("AgencyLinkTest.declinesWithAReason"),
                strangers("POST /referral-link/{secret}/report").shownBy("AgencyLinkTest.reportsWhatCameOfIt"),
                strangers("POST /referral-link/{secret}/person")
                        .shownBy("AgencyLinkTest.saysWhoItIsOnlyAfterYesAndForTheAsking"));
    }

    @Override
    public void plant(Lived lived) {
        referrals.refer(
                lived.code(),
                new CaseReferrals.Place("Larkspur Clinic", "", "", ""),
                "keeps a parrot",
                LocalDate.parse("2026-12-07"),
                lived.worker());
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return switch (placeholder) {
            case "id" -> number("select max(id) from referral");
            case "referralVersion" -> number("select version from referral order by id desc limit 1");
            case "secret" -> "guessed";
            case "option" -> "status.accepted";
            default -> null;
        };
    }

    private long number(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
