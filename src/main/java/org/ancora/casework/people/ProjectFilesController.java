package org.ancora.casework.people;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseWords;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.network.admin.AdminPages;
import org.ancora.network.admin.AdminSection;
import org.ancora.web.Download;
import org.ancora.web.LargeUpload;
import org.ancora.web.Problem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A project's shared documents: kept by administrators, opened by everybody who has a role there. */
@Controller
class ProjectFilesController {

    private static final String SECTION = "files";
    private static final LargeUpload UPLOAD =
            new LargeUpload(Pattern.compile("/admin/projects/[^/]+/files"), ProjectFiles.LARGEST);
    private static final int LONGEST_NAME = 150;
    private static final int KILO = 1024;

    private final AdminPages pages;
    private final Projects projects;
    private final ProjectFiles files;
    private final CaseWords words;

    ProjectFilesController(AdminPages pages, Projects projects, ProjectFiles files, CaseWords words) {
        this.pages = pages;
        this.projects = projects;
        this.files = files;
        this.words = words;
    }

    /** The entry in the menu of a project's administration, and room for its files. */
    @Configuration(proxyBeanMethods = false)
    static class Section {

        @Bean
        AdminSection filesSection() {
            return new AdminSection(230, "files.admin", SECTION, "folder", Permission.MANAGE_PROJECT);
        }

        @Bean
        LargeUpload roomForProjectFiles() {
            return UPLOAD;
        }
    }

    /** A file in words. */
    record Line(long id, String name, String size, String by, String when) {}

    @GetMapping("/admin/projects/{key}/files")
    String keep(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        model.addAttribute("files", lines(project, viewer.locale()));
        return "casework/people/files-admin";
    }

    /** Takes a file as the body of the request, so that nothing of it is read before the person may add it. */
    @PostMapping("/admin/projects/{key}/files")
    @ResponseBody
    Map<String, String> add(
            @PathVariable String key,
            @RequestHeader(name = "X-File-Name", defaultValue = "file.txt") String name,
            HttpServletRequest request,
            Viewer viewer,
            Model model)
            throws IOException {
        Project project = pages.open(key, SECTION, viewer, model);
        byte[] content = UPLOAD.read(request, "files.large");
        files.add(project.id(), bare(name), content, viewer.id());
        return Map.of("location", AdminPages.path(project, SECTION));
    }

    @PostMapping("/admin/projects/{key}/files/{id:[0-9]{1,18}}/remove")
    String remove(
            @PathVariable String key, @PathVariable long id, Viewer viewer, Model model, RedirectAttributes flash) {
        Project project = pages.open(key, SECTION, viewer, model);
        files.remove(project.id(), id, viewer.id());
        flash.addFlashAttribute("told", "files.removed");
        return "redirect:" + AdminPages.path(project, SECTION);
    }

    @GetMapping("/p/{key}/files")
    String files(@PathVariable String key, Viewer viewer, Model model) {
        Project project = open(key, viewer);
        CurrentProject.is(project);
        model.addAttribute("project", project);
        model.addAttribute("files", lines(project, viewer.locale()));
        return "casework/people/files";
    }

    /** Always saved, never shown in the page's own place. */
    @GetMapping("/p/{key}/files/{id:[0-9]{1,18}}")
    ResponseEntity<ByteArrayResource> file(@PathVariable String key, @PathVariable long id, Viewer viewer) {
        Project project = open(key, viewer);
        ProjectFiles.Content file = files.content(project.id(), id).orElseThrow(() -> new Hidden("project file", id));
        return Download.saved(file.bytes(), MediaType.parseMediaType(file.mediaType()), file.name());
    }

    /** Whoever works on cases there, all of them or some, and whoever keeps the files. */
    private Project open(String key, Viewer viewer) {
        Project project = projects.byKey(key, viewer);
        if (!viewer.may(Permission.MANAGE_PROJECT, project.id())) {
            viewer.require(Permission.READ_CASE, project.id(), true);
        }
        return project;
    }

    private List<Line> lines(Project project, Locale locale) {
        return files.of(project.id()).stream()
                .map(file -> new Line(
                        file.id(),
                        file.name(),
                        size(file.size(), locale),
                        Objects.requireNonNullElse(file.by(), "Ancora"),
                        words.day(file.at(), project.calendar().zone(), locale)))
                .toList();
    }

    private static String size(int bytes, Locale locale) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(1);
        return bytes < KILO * KILO
                ? format.format(Math.max(1, bytes / KILO)) + " KB"
                : format.format((double) bytes / KILO / KILO) + " MB";
    }

    private static String bare(String header) {
        String bare =
                LargeUpload.fileName(header).orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "case.unreadable"));
        if (bare.isEmpty() || bare.startsWith(".") || bare.length() > LONGEST_NAME) {
            throw new Problem(HttpStatus.BAD_REQUEST, "files.name", LONGEST_NAME);
        }
        return bare;
    }
}
