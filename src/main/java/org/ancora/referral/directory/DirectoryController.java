package org.ancora.referral.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.referral.directory.ResourceParts.Everything;
import org.ancora.referral.directory.ResourceParts.Term;
import org.ancora.web.NavigationItem;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The directory of resources: searching it, and one resource with everything there is to know (C102). */
@Controller
class DirectoryController {

    private static final int CHOICES = 8;
    private static final int NARROWER = 40;

    private final Directory directory;
    private final ResourceSearch search;
    private final ResourceParts parts;
    private final ResourceWords words;
    private final ResourceFacts facts;
    private final SearchedFor searchedFor;

    DirectoryController(
            Directory directory,
            ResourceSearch search,
            ResourceParts parts,
            ResourceWords words,
            ResourceFacts facts,
            SearchedFor searchedFor) {
        this.directory = directory;
        this.search = search;
        this.parts = parts;
        this.words = words;
        this.facts = facts;
        this.searchedFor = searchedFor;
    }

    /** Where it stands in the navigation. */
    @Configuration(proxyBeanMethods = false)
    static class Navigation {

        @Bean
        NavigationItem resourceDirectory() {
            return new NavigationItem(
                    60,
                    "nav.directory",
                    ResourceQuery.PATH,
                    "address-book",
                    viewer -> viewer.mayAnywhere(Permission.SEARCH_DIRECTORY));
        }
    }

    /** A condition that is chosen, and the address without it. */
    record Chosen(String text, String path) {}

    /** A term to go to. */
    record TermLink(String name, String path) {}

    @GetMapping(ResourceQuery.PATH)
    String directory(@RequestParam Map<String, String> sent, Viewer viewer, Model model) {
        require(viewer);
        ResourceQuery query = ResourceQuery.of(sent);
        Locale locale = viewer.locale();
        ResourceSearch.Found found = search.search(query, viewer);
        List<Option> needs = directory.needs(viewer);
        List<Option> languages = ResourceWords.languageOptions(directory.languages(viewer), locale);
        List<Option> sources = directory.sources(viewer);
        Term need = need(query, viewer);
        model.addAttribute("query", query);
        model.addAttribute("items", words.items(found.rows(), locale));
        model.addAttribute("count", found.count());
        model.addAttribute("counted", ResourceSearch.COUNTED);
        model.addAttribute("alike", found.alike());
        model.addAttribute("next", found.next() == null ? null : query.pathWith("after", found.next()));
        model.addAttribute("first", query.after() == null ? null : query.pathWithout("after"));
        model.addAttribute("needs", needs);
        model.addAttribute("languages", languages);
        model.addAttribute("sources", sources);
        model.addAttribute("above", need == null ? List.of() : above(need, query));
        model.addAttribute("narrower", need == null ? List.of() : narrower(need, query, viewer));
        model.addAttribute("need", need == null ? null : need.name());
        model.addAttribute("mayLoad", viewer.mayAnywhere(Permission.LOAD_DIRECTORY));
        return "directory/search";
    }

    /** The resources that fit, to choose one of: a part of a page, for whoever refers a case. */
    @GetMapping(ResourceQuery.PATH + "/choices")
    String choices(@RequestParam Map<String, String> sent, Viewer viewer, Model model) {
        require(viewer);
        ResourceQuery query = ResourceQuery.within(sent);
        SearchedFor.Client client = searchedFor.find(sent.get("case"), viewer).orElse(null);
        ResourceSearch.Found found = search.search(query, viewer);
        model.addAttribute(
                "items",
                words.items(
                        found.rows().subList(0, Math.min(CHOICES, found.rows().size())), client, viewer.locale()));
        model.addAttribute("case", client == null ? null : client.caseFile().code());
        model.addAttribute("count", found.count());
        model.addAttribute("counted", ResourceSearch.COUNTED);
        model.addAttribute("alike", found.alike());
        model.addAttribute("query", query);
        return "directory/choices :: choices";
    }

    @GetMapping(ResourceQuery.PATH + "/{id:[0-9]{1,18}}")
    String resource(
            @PathVariable long id,
            @RequestParam(name = "case", defaultValue = "") String code,
            Viewer viewer,
            Model model) {
        require(viewer);
        SearchedFor.Client client = searchedFor.find(code, viewer).orElse(null);
        ResourceSearch.Row row = search.find(id, viewer).orElseThrow(() -> new Hidden("resource", id));
        Locale locale = viewer.locale();
        Everything all = parts.everything(row, viewer);
        Map<Long, Term> terms = parts.terms(row.terms());
        List<TermLink> links = new ArrayList<>();
        for (Term term : ResourceWords.leaves(row, terms)) {
            links.add(new TermLink(
                    term.code().isEmpty() || term.code().equals(term.name())
                            ? term.name()
                            : term.name() + " · " + term.code(),
                    ResourceQuery.PATH + "?need=" + term.id()));
        }
        Hours hours = Hours.read(row.hours(), words.zone(row));
        model.addAttribute("resource", row);
        model.addAttribute("chips", words.chips(row, hours, locale));
        model.addAttribute("sections", facts.of(row, all, locale));
        model.addAttribute("terms", links);
        model.addAttribute("elsewhere", words.items(search.elsewhere(row, viewer), locale));
        model.addAttribute("stale", words.isStale(row));
        model.addAttribute("client", client);
        model.addAttribute("outside", words.outside(row, client, locale));
        model.addAttribute("refer", refer(row, client, viewer));
        return "directory/resource";
    }

    /**
     * Where this is chosen: in the case from which somebody came, or after a choice of one; null where nobody is referred, since a
     * case is referred only to what its own network knows.
     */
    private @Nullable String refer(ResourceSearch.Row row, SearchedFor.@Nullable Client client, Viewer viewer) {
        Set<ProjectId> known = row.active() ? directory.projectsOf(row.id()) : Set.of();
        if (client != null) {
            return known.contains(client.caseFile().project()) ? client.referring() + "?resource=" + row.id() : null;
        }
        return known.stream().anyMatch(project -> viewer.may(Permission.MAKE_REFERRALS, project, true))
                ? ResourceQuery.PATH + "/" + row.id() + "/refer"
                : null;
    }

    private static void require(Viewer viewer) {
        if (!viewer.mayAnywhere(Permission.SEARCH_DIRECTORY)) {
            throw new Forbidden(Permission.SEARCH_DIRECTORY, null);
        }
    }

    private @Nullable Term need(ResourceQuery query, Viewer viewer) {
        Long chosen = query.need();
        return chosen == null ? null : parts.term(chosen, viewer).orElse(null);
    }

    private List<TermLink> above(Term need, ResourceQuery query) {
        List<Long> path = new ArrayList<>(need.path());
        path.remove(need.id());
        Map<Long, Term> terms = parts.terms(path);
        List<TermLink> links = new ArrayList<>();
        for (int i = path.size() - 1; i >= 0; i--) {
            Term term = Objects.requireNonNull(terms.get(path.get(i)));
            links.add(new TermLink(term.name(), query.pathWith("need", term.id())));
        }
        return links;
    }

    private List<TermLink> narrower(Term need, ResourceQuery query, Viewer viewer) {
        return search.narrower(need.id(), NARROWER, viewer).stream()
                .map(term -> new TermLink(term.label(), query.pathWith("need", term.value())))
                .toList();
    }
}
