package org.ancora.demo;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ancora.network.Accent;
import org.ancora.network.Letterhead;
import org.ancora.network.NewProject;
import org.ancora.network.Project;
import org.ancora.network.ProjectSettings;
import org.ancora.network.Projects;
import org.ancora.time.CalendarSpec;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The demo's three projects. Organisations, people and addresses are invented. */
@Component
@Profile("demo")
class DemoProjects {

    private static final int CASELOAD = 20;

    private final Projects projects;

    DemoProjects(Projects projects) {
        this.projects = projects;
    }

    List<Project> open() {
        return List.of(
                projects.create(new NewProject(
                        "Care Network Ontario",
                        "York Support",
                        "york",
                        "Individual support · York",
                        "YRK",
                        Locale.CANADA,
                        Accent.TEAL,
                        "ON",
                        office("CA-ON", "America/Toronto"),
                        settings(
                                "York Support",
                                "905 555 0100",
                                "help@york-support.example",
                                "12 Main Street North, Newmarket ON L3Y 3Y3",
                                "Monday to Friday, 9 to 5"))),
                projects.create(new NewProject(
                        "Red Cuidar",
                        "Apoyo Ayacucho",
                        "ayacucho",
                        "Acompañamiento familiar · Ayacucho",
                        "AYA",
                        Locale.forLanguageTag("es-PE"),
                        Accent.BRICK,
                        "PE",
                        office("PE-AYA", "America/Lima"),
                        settings(
                                "Apoyo Ayacucho",
                                "066 012 300",
                                "ayuda@apoyo-ayacucho.example",
                                "Jr. Lima 120, Ayacucho",
                                "de lunes a viernes, de 9 a 17 horas"))),
                projects.create(new NewProject(
                        "Rete Care",
                        "Casa Aperta",
                        "torino",
                        "Rete Care · Torino",
                        "TOR",
                        Locale.ITALY,
                        Accent.VIOLET,
                        "TO",
                        office("IT-TO", "Europe/Rome"),
                        settings(
                                "Casa Aperta",
                                "011 555 0100",
                                "aiuto@casa-aperta.example",
                                "via Po 8, 10123 Torino",
                                "dal lunedì al venerdì, ore 9–17"))));
    }

    private static CalendarSpec office(String jurisdiction, String zone) {
        return CalendarSpec.mondayToFriday(jurisdiction, ZoneId.of(zone), LocalTime.of(9, 0), LocalTime.of(17, 0));
    }

    private static ProjectSettings settings(String name, String phone, String email, String address, String hours) {
        return new ProjectSettings(CASELOAD, Set.of(), new Letterhead(name, phone, email, address, hours));
    }
}
