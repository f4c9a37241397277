package org.ancora.demo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.NewUser;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.network.Project;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The demo's people: one account per role that works in all three projects, named after its role, and a colleague for
 * each role in each project, who speaks its language ({@code caseworker.es}, {@code caseworker.it}).
 */
@Component
@Profile("demo")
class DemoPeople {

    private static final Map<Role, String> EVERYWHERE = names(
            "Sam Bouchard",
            "Nadia Rahman",
            "Helen Okafor",
            "Priya Nair",
            "Tomas Lindqvist",
            "Grace Liu",
            "Omar Haddad",
            "Ines Caron",
            "Ruth Feldman",
            "Ada Moreau");

    private static final Map<String, Map<Role, String>> LOCAL = Map.of(
            "en",
                    names(
                            "Leah Thompson",
                            "Marcus Reid",
                            "Joan Whitaker",
                            "Colin Shaw",
                            "Denise Park",
                            "Amy Fraser",
                            "Victor Lang",
                            "Paula Grant",
                            "Neil Turner",
                            "Carol Jensen"),
            "es",
                    names(
                            "Rosa Mamani",
                            "Julia Huamán",
                            "Carmen Quispe",
                            "Óscar Paredes",
                            "Elsa Ticona",
                            "Luz Condori",
                            "Raúl Vargas",
                            "Nelly Palomino",
                            "Iván Gutiérrez",
                            "Marta Cárdenas"),
            "it",
                    names(
                            "Giulia Fontana",
                            "Marco Riva",
                            "Elena Ferraris",
                            "Paolo Gallo",
                            "Silvia Conti",
                            "Anna Bruno",
                            "Luca Marino",
                            "Chiara Costa",
                            "Davide Greco",
                            "Francesca Rizzo"));

    private final Users users;

    DemoPeople(Users users) {
        this.users = users;
    }

    /** The display name of the account that is named after a role. */
    static String name(Role role) {
        return Objects.requireNonNull(EVERYWHERE.get(role));
    }

    /** Creates everybody. */
    void arrive(List<Project> projects) {
        List<UserId> everybody = new ArrayList<>();
        EVERYWHERE.forEach((role, name) -> {
            UserId id = create(role.code(), name, null);
            everybody.add(id);
            projects.forEach(project -> users.grant(id, project.id(), role, UserId.SYSTEM));
        });
        for (Project project : projects) {
            String language = project.locale().getLanguage();
            local(language).forEach((role, name) -> {
                UserId id = create(role.code() + "." + language, name, Locale.forLanguageTag(language));
                everybody.add(id);
                users.grant(id, project.id(), role, UserId.SYSTEM);
            });
        }
        users.sharePassword(everybody, DemoConfiguration.PASSWORD);
    }

    /** The colleague who holds this role in the project alone. */
    UserId in(Project project, Role role) {
        return users.bySignInName(role.code() + "." + project.locale().getLanguage())
                .orElseThrow()
                .id();
    }

    /** The account that is named after the role. */
    UserId everywhere(Role role) {
        return users.bySignInName(role.code()).orElseThrow().id();
    }

    private UserId create(String signInName, String name, @Nullable Locale locale) {
        String email = signInName + "@demo.ancora.example";
        return users.create(new NewUser(signInName, name, email, locale, null), UserId.SYSTEM);
    }

    private static Map<Role, String> local(String language) {
        return Objects.requireNonNull(new HashMap<>(LOCAL).get(language));
    }

    private static Map<Role, String> names(String... names) {
        Map<Role, String> byRole = new EnumMap<>(Role.class);
        int next = 0;
        for (Role role : Role.values()) {
            if (role != Role.CONTRIBUTOR) {
                byRole.put(role, names[next++]);
            }
        }
        return byRole;
    }
}
