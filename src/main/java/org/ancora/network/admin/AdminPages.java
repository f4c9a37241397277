package org.ancora.network.admin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Opens the pages of a project's administration: finds the project, asks whether the viewer may, and draws the menu. */
@Component
public class AdminPages {

    private final Projects projects;
    private final List<AdminSection> sections;

    AdminPages(Projects projects, ObjectProvider<AdminSection> sections) {
        this.projects = projects;
        this.sections = sections.stream()
                .sorted(Comparator.comparingInt(AdminSection::order))
                .toList();
    }

    /** An entry of the menu as one page shows it. */
    public record Entry(
            String titleKey, String hintKey, String path, String icon, boolean current, boolean startsGroup) {}

    /**
     * Opens one section, and puts {@code project}, {@code section} and the menu's {@code sections} into the model.
     *
     * @param key the project's key, from the address
     * @param path the section's path, as its bean says
     * @throws Hidden when there is no such project, or the viewer neither has a role in it nor administers it
     * @throws Forbidden when the viewer knows the project, but may not use this section
     */
    public Project open(String key, String path, Viewer viewer, Model model) {
        AdminSection section = sections.stream()
                .filter(each -> each.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new Hidden("section", path));
        Project project = project(key, viewer);
        viewer.require(section.permission(), project.id());
        show(project, section, viewer, model);
        model.addAttribute("section", section);
        return project;
    }

    /** Opens the first page of a project's administration; refuses as {@link #open}. */
    Project overview(String key, Viewer viewer, Model model) {
        Project project = project(key, viewer);
        if (permissions().stream().noneMatch(permission -> viewer.may(permission, project.id()))) {
            throw new Forbidden(Permission.MANAGE_PROJECT, project.id());
        }
        show(project, null, viewer, model);
        return project;
    }

    /** Returns the projects with a section that this person may use, by network and name. */
    List<Project> administeredBy(Viewer viewer) {
        Set<ProjectId> ids = new LinkedHashSet<>();
        permissions().forEach(permission -> ids.addAll(viewer.projects(permission)));
        return List.copyOf(projects.withIds(ids).values());
    }

    /** Returns whether this person may use a section of any project, or begin the first one. */
    boolean anythingFor(Viewer viewer) {
        return viewer.mayAnywhere(Permission.MANAGE_PROJECT)
                || permissions().stream()
                        .anyMatch(permission -> !viewer.projects(permission).isEmpty());
    }

    private Set<Permission> permissions() {
        Set<Permission> permissions = new LinkedHashSet<>(Set.of(Permission.MANAGE_PROJECT));
        sections.forEach(section -> permissions.add(section.permission()));
        return permissions;
    }

    private Project project(String key, Viewer viewer) {
        return projects.byKey(key)
                .filter(project -> viewer.projects().contains(project.id())
                        || permissions().stream().anyMatch(permission -> viewer.may(permission, project.id())))
                .orElseThrow(() -> new Hidden("project", key));
    }

    private void show(Project project, @Nullable AdminSection current, Viewer viewer, Model model) {
        CurrentProject.is(project);
        model.addAttribute("project", project);
        model.addAttribute("sections", entries(project, current, viewer));
    }

    private List<Entry> entries(Project project, @Nullable AdminSection current, Viewer viewer) {
        List<Entry> entries = new ArrayList<>();
        int group = -1;
        for (AdminSection section : sections) {
            if (viewer.may(section.permission(), project.id())) {
                entries.add(new Entry(
                        section.titleKey(),
                        section.hintKey(),
                        path(project, section.path()),
                        section.icon(),
                        section.equals(current),
                        group >= 0 && section.group() != group));
                group = section.group();
            }
        }
        return entries;
    }

    /**
     * Shows a form of a section.
     *
     * @param section its path, and what stands below it: {@code reasons/new}; the form is sent there
     * @return the view
     */
    public static String edit(Project project, String section, Sheet sheet, Model model) {
        model.addAttribute("sheet", sheet);
        model.addAttribute("action", path(project, section));
        return "admin/edit";
    }

    /**
     * Leads back to a section in which something was saved, and says so there.
     *
     * @param section its path, and what stands below it
     * @return the view
     */
    public static String saved(Project project, String section, RedirectAttributes flash) {
        flash.addFlashAttribute("told", "admin.saved");
        return "redirect:" + path(project, section);
    }

    /** Returns the address of a section of a project's administration. */
    public static String path(Project project, String section) {
        return "/admin/projects/" + project.key() + "/" + section;
    }
}
