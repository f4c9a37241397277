package org.ancora.security;

import static org.ancora.access.Role.CONTRIBUTOR;
import static org.ancora.security.Route.CARERS;
import static org.ancora.security.Route.PLAN_READERS;
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
                strangers("GET /referral-link/{secret}"),
                strangers("POST /referral-link/{secret}/accept"),
                strangers("POST /referral-link/{secret}/decline"),
                strangers("POST /referral-link/{secret}/report"),
                strangers("POST /referral-link/{secret}/person"));
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
            default -> null;
        };
    }

    private long number(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
