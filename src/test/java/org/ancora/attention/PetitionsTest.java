package org.ancora.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.ancora.time.VirtualClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What registering a petition leaves behind, and who finds it again. */
@AncoraTest
class PetitionsTest {

    @Autowired
    private Petitions petitions;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Clock clock;

    private Project ayacucho;
    private UserId agent;

    @BeforeEach
    void open() {
        ayacucho = fixtures.aProjectInPeru();
        agent = fixtures.aPerson("Raúl Vargas", ayacucho, Role.AGENT);
    }

    @Test
    void givesANumberAndKeepsWhoAsked() {
        Petition first = petitions.register(solved(null), agent);
        Petition second = petitions.register(solved(null), agent);

        assertThat(first.number()).isEqualTo("AYA1-2026-0001");
        assertThat(second.number()).isEqualTo("AYA1-2026-0002");
        assertThat(petitions.petitioner(first.petitioner()).name()).isEqualTo("Teresa Ccori Mendoza");
        assertThat(petitions.petitioner(first.petitioner()).home()).isEqualTo("Huanta, Ayacucho");
        assertThat(jdbc.sql("select action || ' ' || subject_id from activity where case_code = :number")
                        .param("number", first.number())
                        .query(String.class)
                        .list())
                .containsExactly("petition.registered " + first.number());
    }

    /** Whole registrations, with their procedure: the number of one that is given up goes to the next. */
    @Test
    void registrationsGivenUpLeaveNoGapAmongThoseKept() throws Exception {
        List<Callable<Void>> people = IntStream.range(0, 6)
                .<Callable<Void>>mapToObj(person -> () -> {
                    for (int turn = 0; turn < 8; turn++) {
                        boolean kept = (person + turn) % 4 != 0;
                        boolean waits = turn % 2 == 0;
                        transaction.executeWithoutResult(status -> {
                            petitions.registerOnce(waits ? waiting() : solved(null), UUID.randomUUID(), agent);
                            if (!kept) {
                                status.setRollbackOnly();
                            }
                        });
                    }
                    return null;
                })
                .toList();
        ExecutorService desk = Executors.newFixedThreadPool(people.size());
        try {
            for (Future<Void> person : desk.invokeAll(people)) {
                person.get();
            }
        } finally {
            desk.shutdownNow();
        }

        assertThat(jdbc.sql("select number from petition order by number")
                        .query(String.class)
                        .list())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 36)
                        .mapToObj("AYA1-2026-%04d"::formatted)
                        .toList());
    }

    /** The year is that of the office: in Lima it is still 2026 when it is already 2027 in London. */
    @Test
    void countsByTheYearOfTheOffice() {
        ((VirtualClock) clock).startAt(Instant.parse("2027-01-01T04:59:59Z"));
        assertThat(petitions.register(solved(null), agent).number()).isEqualTo("AYA1-2026-0001");

        ((VirtualClock) clock).startAt(Instant.parse("2027-01-01T05:00:00Z"));
        assertThat(petitions.register(solved(null), agent).number()).isEqualTo("AYA1-2027-0001");
    }

    @Test
    void isHiddenFromTheOneComplainedAboutAndFromOtherProjects() {
        UserId other = fixtures.aPerson("Luz Condori", ayacucho, Role.AGENT);
        UserId worker = fixtures.aPerson("Rosa Mamani", ayacucho, Role.CASEWORKER);
        UserId stranger = fixtures.aPerson("Gina Fontana", fixtures.aProjectInItaly(), Role.values());
        String number = petitions.register(solved(agent), other).number();

        assertThat(petitions.find(number, fixtures.viewer(other))).isPresent();
        assertThat(petitions.find(number, fixtures.viewer(agent))).isEmpty();
        assertThat(petitions.newest(ayacucho, fixtures.viewer(agent), 10)).isEmpty();
        assertThat(petitions.ofAttendance("V-0001", fixtures.viewer(agent))).isEmpty();
        assertThat(petitions.ofAttendance("V-0001", fixtures.viewer(other))).hasSize(1);
        assertThat(petitions.find(number, fixtures.viewer(worker))).isEmpty();
        assertThat(petitions.find(number, fixtures.viewer(stranger))).isEmpty();
    }

    @Test
    void theStatusPageIsFoundByItsSecretAlone() {
        Petition petition = petitions.register(solved(null), agent);
        Petition another = petitions.register(solved(null), agent);

        String secret = petitions.link(petition.id()).substring("/petition/".length());

        assertThat(secret)
                .matches("[A-Za-z0-9_-]{43}")
                .isNotEqualTo(petitions.link(another.id()).substring("/petition/".length()));
        assertThat(petitions.behind(secret).map(Petition::number)).contains(petition.number());
        assertThat(petitions.behind(petition.number())).isEmpty();
        assertThat(petitions.behind("")).isEmpty();
    }

    @Test
    void refusesAPetitionThatNobodyWouldAnswer() {
        assertThatThrownBy(() -> new NewPetition(
                        ayacucho.id(),
                        new OfficeId("AYA1"),
                        PetitionKind.REQUEST,
                        PetitionChannel.IN_PERSON,
                        PetitionLevel.LOCAL,
                        teresa(),
                        "No figura en el padrón",
                        "",
                        null,
                        false,
                        null,
                        null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private NewPetition waiting() {
        return new NewPetition(
                ayacucho.id(),
                new OfficeId("AYA1"),
                PetitionKind.REQUEST,
                PetitionChannel.IN_PERSON,
                PetitionLevel.LOCAL,
                teresa(),
                "No figura en el padrón",
                "",
                null,
                false,
                Destination.REGIONAL_TEAM,
                null);
    }

    private NewPetition solved(@Nullable UserId about) {
        return new NewPetition(
                ayacucho.id(),
                new OfficeId("AYA1"),
                PetitionKind.QUERY,
                PetitionChannel.IN_PERSON,
                PetitionLevel.LOCAL,
                teresa(),
                "No figura en el padrón",
                "Se le explicó el trámite",
                about,
                true,
                null,
                "V-0001");
    }

    private static NewPetitioner teresa() {
        return new NewPetitioner(
                "40123456",
                "Teresa",
                "Ccori Mendoza",
                Beneficiary.YES,
                "H-1",
                "",
                "Huanta",
                "",
                "Ayacucho",
                "966 000 123",
                "",
                "",
                "",
                "",
                Locale.forLanguageTag("es"));
    }
}
