package org.ancora.casework.profile;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.User;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.casework.CaseWords;
import org.ancora.casework.ClientSearch;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.web.NavigationItem;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Looking for a client before somebody records them again. */
@Controller
class ClientSearchPages {

    private static final int ASKED_AT_MOST = 3;

    private final ClientSearch search;
    private final Projects projects;
    private final Users users;
    private final ReadLog reads;
    private final CaseWords words;

    ClientSearchPages(ClientSearch search, Projects projects, Users users, ReadLog reads, CaseWords words) {
        this.search = search;
        this.projects = projects;
        this.users = users;
        this.reads = reads;
        this.words = words;
    }

    /** Where the page stands in the navigation. */
    @org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
    static class Entry {

        @Bean
        NavigationItem clientSearchEntry() {
            return new NavigationItem(
                    45, "profile.search", "/clients", "users", viewer -> viewer.mayAnywhere(Permission.READ_PROFILE));
        }
    }

    /** Somebody found, in words. */
    record Line(String path, String name, String about, List<String> cases, String why, boolean likely) {}

    @GetMapping("/clients")
    String page(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String born,
            @RequestParam(defaultValue = "") String contact,
            @RequestParam(defaultValue = "") String project,
            Viewer viewer,
            Model model) {
        List<Project> open = projects.visibleTo(viewer).stream()
                .filter(each -> viewer.may(Permission.READ_PROFILE, each.id(), true))
                .toList();
        if (open.isEmpty()) {
            throw new Forbidden(Permission.READ_PROFILE, null);
        }
        Project chosen = open.stream()
                .filter(each -> each.key().equals(project))
                .findFirst()
                .orElse(open.get(0));
        LocalDate bornOn = day(born);
        model.addAttribute("name", name);
        model.addAttribute("born", born);
        model.addAttribute("contact", contact);
        model.addAttribute("project", chosen);
        model.addAttribute(
                "projects",
                open.stream().map(each -> new Option(each.key(), each.name())).toList());
        model.addAttribute("unreadable", bornOn == null && !born.isBlank());
        model.addAttribute("mayRegister", viewer.may(Permission.REGISTER_INTAKE, chosen.id()));
        boolean asked = !(name + contact).isBlank();
        model.addAttribute("asked", asked);
        if (asked) {
            CurrentProject.is(chosen);
            List<String> contacts = new ArrayList<>();
            contacts.add(contact);
            ClientSearch.Found found =
                    search.find(new ClientSearch.Asked(name, bornOn, null, contacts), chosen, viewer);
            reads.record(viewer, chosen.id(), null, "profile", null, "search");
            model.addAttribute(
                    "lines",
                    found.hits().stream().map(hit -> line(hit, viewer.locale())).toList());
            model.addAttribute("elsewhere", found.elsewhere() ? elsewhere(chosen, viewer.locale()) : null);
        }
        return "casework/profile/search";
    }

    private Line line(ClientSearch.Hit hit, Locale locale) {
        List<String> about = new ArrayList<>();
        if (hit.bornOn() != null) {
            about.add(words.text("profile.born", locale, words.dayAndYear(hit.bornOn(), locale)));
        }
        if (hit.age() != null) {
            about.add(words.text("profile.years", locale, hit.age()));
        }
        return new Line(
                "/clients/" + hit.profile(),
                hit.name().isEmpty() ? words.text("case.anonymous", locale) : hit.name(),
                String.join(" · ", about),
                hit.cases(),
                hit.why().stream()
                        .map(why -> words.text("client-search.why." + why.code(), locale))
                        .collect(Collectors.joining(", ")),
                hit.isLikely());
    }

    /** Nothing about whoever it may be; only whom to ask. */
    private String elsewhere(Project project, Locale locale) {
        String names = users.administrators(project.id()).stream()
                .limit(ASKED_AT_MOST)
                .map(User::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? words.text("client-search.elsewhere", locale)
                : words.text("client-search.elsewhere-ask", locale, names);
    }

    private static @Nullable LocalDate day(String typed) {
        try {
            return typed.isBlank() ? null : LocalDate.parse(typed.strip());
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }
}
