package org.ancora.demo;

import java.util.Locale;
import java.util.Map;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewers;
import org.ancora.attention.Beneficiary;
import org.ancora.attention.Destination;
import org.ancora.attention.NewPetition;
import org.ancora.attention.NewPetitioner;
import org.ancora.attention.Offices;
import org.ancora.attention.PetitionChannel;
import org.ancora.attention.PetitionKind;
import org.ancora.attention.PetitionLevel;
import org.ancora.attention.Petitions;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Complaints in Peru that came in by several channels, one at each stage. */
@Component
@Profile("demo")
class DemoComplaints {

    private final Petitions petitions;
    private final Offices offices;
    private final Tasks tasks;
    private final Viewers viewers;
    private final DemoPeople people;
    private final Clockwork clockwork;

    DemoComplaints(
            Petitions petitions,
            Offices offices,
            Tasks tasks,
            Viewers viewers,
            DemoPeople people,
            Clockwork clockwork) {
        this.petitions = petitions;
        this.offices = offices;
        this.tasks = tasks;
        this.viewers = viewers;
        this.people = people;
        this.clockwork = clockwork;
    }

    void open(Project project) {
        if (!project.country().equals("PE")) {
            return;
        }
        UserId agent = people.in(project, Role.AGENT);
        UserId unit = people.in(project, Role.UNIT);
        register(
                project,
                PetitionChannel.WEB,
                PetitionKind.COMPLAINT,
                "Edith",
                "Rojas Peña",
                "No me abonaron en octubre y nadie me explica.");
        String preparing = register(
                project,
                PetitionChannel.LETTERBOX,
                PetitionKind.COMPLAINT,
                "Fermín",
                "Cahuana Ore",
                "El gestor no vino a la visita que prometió.");
        String approving = register(
                project,
                PetitionChannel.EMAIL,
                PetitionKind.REQUEST,
                "Gladys",
                "Sulca Vega",
                "Pido cambiar de punto de pago a Huanta.");
        String answered = register(
                project,
                PetitionChannel.WEB,
                PetitionKind.COMPLAINT,
                "Hilario",
                "Ñaupa Ccente",
                "El punto de pago cerró antes de la hora.");
        finish(preparing, agent, Map.of());
        finish(approving, agent, Map.of());
        finish(approving, unit, Map.of("answer", "Desde diciembre cobrará en la agencia de Huanta."));
        finish(answered, agent, Map.of());
        finish(
                answered,
                unit,
                Map.of("answer", "El punto de pago atiende ahora hasta las 17 h. Le pedimos disculpas."));
        finish(answered, people.in(project, Role.SUPERVISOR), Map.of("decision", "approve"));
    }

    private String register(
            Project project, PetitionChannel channel, PetitionKind kind, String given, String family, String motive) {
        boolean paper = channel == PetitionChannel.LETTERBOX;
        String number = petitions
                .register(
                        new NewPetition(
                                project.id(),
                                offices.home(project).id(),
                                kind,
                                channel,
                                PetitionLevel.LOCAL,
                                new NewPetitioner(
                                        "",
                                        given,
                                        family,
                                        Beneficiary.YES,
                                        "",
                                        "",
                                        "Huanta",
                                        "Huanta",
                                        "Ayacucho",
                                        "966 000 140",
                                        "",
                                        paper ? "" : given.toLowerCase(Locale.ROOT) + "@correo.example",
                                        paper ? "Jr. Libertad 12, Huanta" : "",
                                        "",
                                        project.locale()),
                                motive,
                                "",
                                null,
                                false,
                                Destination.REGIONAL_TEAM,
                                null),
                        channel == PetitionChannel.WEB ? null : people.in(project, Role.AGENT))
                .number();
        clockwork.runDueJobs();
        return number;
    }

    private void finish(String number, UserId who, Map<String, ?> answers) {
        OpenTask task = tasks.of(number).stream()
                .filter(each -> each.process().equals("complaint"))
                .findFirst()
                .orElseThrow();
        tasks.complete(task.id(), viewers.of(who).orElseThrow(), answers);
        clockwork.runDueJobs();
    }
}
