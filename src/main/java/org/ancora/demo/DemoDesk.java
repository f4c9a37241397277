package org.ancora.demo;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewers;
import org.ancora.attention.desk.DeskRecord;
import org.ancora.network.Project;
import org.ancora.process.task.Tasks;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** This morning at the desk in Peru: who is in the room, who is to be called, and what the registers hold. */
@Component
@Profile("demo")
class DemoDesk {

    private static final String CIVIL = """
            document,givenName,familyName,district,province,region
            40123456,Teresa,Ccori Mendoza,Huanta,Huanta,Ayacucho
            41987654,Víctor,Palomino Quispe,Cangallo,Cangallo,Ayacucho
            42555111,Julio,Ramos Tello,Carmen Alto,Huamanga,Ayacucho
            """;

    private static final String BENEFICIARY = """
            document,householdCode,householdState,representative,since,lastPayment
            40123456,0505-00123,Hogar afiliado,Teresa Ccori Mendoza,2009-03,2026-10
            42555111,0501-00877,Hogar suspendido: matrícula escolar sin registrar,Rosa Tello Cárdenas,2012-07,2026-08
            """;

    private static final List<String> HUANTA = List.of("Huanta", "Huanta", "Ayacucho");
    private static final List<String> CANGALLO = List.of("Cangallo", "Cangallo", "Ayacucho");
    private static final List<String> LURICOCHA = List.of("Luricocha", "Huanta", "Ayacucho");

    private final DeskRecord desk;
    private final DemoPeople people;
    private final Viewers viewers;
    private final Tasks tasks;
    private final Clock clock;

    DemoDesk(DeskRecord desk, DemoPeople people, Viewers viewers, Tasks tasks, Clock clock) {
        this.desk = desk;
        this.people = people;
        this.viewers = viewers;
        this.tasks = tasks;
        this.clock = clock;
    }

    void open(Project project) {
        if (!project.country().equals("PE")) {
            return;
        }
        UserId reception = people.in(project, Role.RECEPTION);
        UserId agent = people.in(project, Role.AGENT);
        desk.loadRegister("civil", project, CIVIL, reception);
        desk.loadRegister("beneficiary", project, BENEFICIARY, reception);
        desk.visit(
                project,
                "40123456",
                "Teresa",
                "Ccori Mendoza",
                HUANTA,
                "No figura en el padrón",
                false,
                List.of("older"),
                reception);
        desk.visit(project, "", "Alcalde de Luricocha", "", LURICOCHA, "Reunión", true, List.of(), reception);
        desk.visit(
                project,
                "41987654",
                "Víctor",
                "Palomino Quispe",
                CANGALLO,
                "Pago de marzo",
                false,
                List.of(),
                reception);
        String solved = desk.visit(
                project,
                "43777222",
                "Nelly",
                "Yupanqui Soto",
                HUANTA,
                "Cambio de domicilio",
                false,
                List.of(),
                reception);
        finish(solved, agent, answers("Nelly", "Yupanqui Soto", "Cambio de domicilio", "solved"));
        promise(project, "Julio", "Ramos Tello", "966 000 123", "Abono de agosto", LocalTime.of(10, 30), agent);
        promise(
                project,
                "Puesto de Salud Santillana",
                "",
                "966 000 187",
                "Confirma controles",
                LocalTime.of(15, 0),
                agent);
    }

    /** A call of this morning that is returned at an hour of today. */
    private void promise(
            Project project, String given, String family, String number, String reason, LocalTime hour, UserId agent) {
        String call = desk.call(project, given, family, number, reason, agent);
        LocalDateTime now = LocalDateTime.ofInstant(
                        clock.instant(), project.calendar().zone())
                .truncatedTo(ChronoUnit.MINUTES);
        LocalDateTime promised = now.toLocalDate().atTime(hour);
        Map<String, Object> answers = answers(given, family, reason, "call-back");
        answers.put("callBackNumber", number);
        answers.put("callBackAt", (promised.isAfter(now) ? promised : promised.plusDays(1)).toString());
        answers.put("agreed", reason);
        finish(call, agent, answers);
    }

    private void finish(String code, UserId agent, Map<String, ?> answers) {
        tasks.complete(tasks.of(code).get(0).id(), viewers.of(agent).orElseThrow(), answers);
    }

    private static Map<String, Object> answers(String given, String family, String motive, String outcome) {
        Map<String, Object> answers = new TreeMap<>(Map.of(
                "givenName", given,
                "beneficiary", "yes",
                "kind", "query",
                "level", "local",
                "motive", motive,
                "orientation", "Se le explicó el trámite y los documentos que debe traer.",
                "outcome", outcome,
                "office", "AYA1"));
        if (!family.isEmpty()) {
            answers.put("familyName", family);
        }
        return answers;
    }
}
