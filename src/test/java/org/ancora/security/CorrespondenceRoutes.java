package org.ancora.security;

import static org.ancora.access.Role.CONTRIBUTOR;
import static org.ancora.access.Role.RECEPTION;
import static org.ancora.security.Route.EVERYBODY;
import static org.ancora.security.Route.LETTER_READERS;
import static org.ancora.security.Route.NOBODY;
import static org.ancora.security.Route.PRINTERS;
import static org.ancora.security.Route.mine;
import static org.ancora.security.Route.ofProject;
import static org.ancora.security.Route.partOfCase;

import java.util.List;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class CorrespondenceRoutes implements ModuleRoutes {

    @Override
    public List<Route> routes() {
        return List.of(
                mine("GET /notices", EVERYBODY),
                mine("GET /print", PRINTERS),
                mine("POST /notices/read", EVERYBODY).leadsTo("/notices").sends("upTo=9999999"),
                mine("POST /notices/choice", EVERYBODY).leadsTo("/notices").sends("choice=DAILY"),
                partOfCase("GET /letters/{id:[0-9]{1,18}}", LETTER_READERS, CONTRIBUTOR)
                        .inEmergency()
                        .thatNamesTheClient(),
                partOfCase("GET /letters/{id:[0-9]{1,18}}.pdf", LETTER_READERS, CONTRIBUTOR)
                        .inEmergency(),
                ofProject("POST /print/pdf", PRINTERS)
                        .answers(200)
                        .by(RECEPTION)
                        .sends("letter={letter}"),
                ofProject("POST /print/confirm", PRINTERS)
                        .answers(200)
                        .by(RECEPTION)
                        .sends("letter={letter}")
                        .thatNamesTheClient(),
                ofProject("POST /print/posted", PRINTERS)
                        .leadsTo("/print")
                        .by(RECEPTION)
                        .sends("letter={letter}"),
                ofProject("POST /print/undo", PRINTERS)
                        .leadsTo("/print")
                        .by(RECEPTION)
                        .sends("letter={letter}"),
                // told to one person, whatever their role
                partOfCase("GET /notices/{id:[0-9]{1,18}}", NOBODY),
                mine("POST /notices/{id:[0-9]{1,18}}/read", EVERYBODY).leadsTo("/notices"),
                mine("POST /notices/{id:[0-9]{1,18}}/unread", EVERYBODY).leadsTo("/notices"));
    }

    @Override
    public @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return switch (placeholder) {
            case "id" -> route.contains("/notices/") ? lived.notice() : lived.letter();
            case "letter" -> lived.letter();
            default -> null;
        };
    }
}
