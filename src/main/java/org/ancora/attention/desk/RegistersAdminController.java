package org.ancora.attention.desk;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.ancora.network.admin.AdminPages;
import org.ancora.network.admin.AdminSection;
import org.ancora.time.Dates;
import org.ancora.web.LargeUpload;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** Loads the registers of a project from CSV files, where they cannot be asked over HTTP. */
@Controller
class RegistersAdminController {

    private static final String SECTION = "registers";

    private static final LargeUpload FILES =
            new LargeUpload(Pattern.compile("/admin/projects/[^/]+/registers/[^/]+"), 20 * 1024 * 1024);

    private final AdminPages pages;
    private final RegisterTables tables;
    private final Registers registers;
    private final Dates dates;

    RegistersAdminController(AdminPages pages, RegisterTables tables, Registers registers, Dates dates) {
        this.pages = pages;
        this.tables = tables;
        this.registers = registers;
        this.dates = dates;
    }

    /** The entry in the menu of a project's administration, and room for the files. */
    @Configuration(proxyBeanMethods = false)
    static class Section {

        @Bean
        AdminSection registersSection() {
            return new AdminSection(240, "desk.registers.admin", SECTION, "database", Permission.MANAGE_PROJECT);
        }

        @Bean
        LargeUpload roomForRegisters() {
            return FILES;
        }
    }

    /**
     * One register as it stands.
     *
     * @param outside whether it is asked over HTTP, so that what is loaded here is not used
     * @param loaded when, in words, or null
     */
    public record Line(
            String code,
            boolean outside,
            int entries,
            @Nullable String loaded) {}

    @GetMapping("/admin/projects/{key}/registers")
    String show(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, SECTION, viewer, model);
        model.addAttribute(
                "registers",
                Stream.of(Register.values())
                        .map(register -> line(register, project, viewer.locale()))
                        .toList());
        return "attention/registers-admin";
    }

    /** Takes the file as the body of the request, so that nothing of it is read before the person may load it. */
    @PostMapping("/admin/projects/{key}/registers/{register}")
    @ResponseBody
    Map<String, String> load(
            @PathVariable String key,
            @PathVariable String register,
            HttpServletRequest request,
            Viewer viewer,
            Model model)
            throws IOException {
        Project project = pages.open(key, SECTION, viewer, model);
        Register loaded = Register.of(register).orElseThrow(() -> new Hidden("register", register));
        byte[] content = FILES.read(request, "files.large");
        try (Reader csv = new InputStreamReader(new ByteArrayInputStream(content), StandardCharsets.UTF_8)) {
            tables.load(loaded, project.id(), csv, viewer.id());
        }
        return Map.of("location", AdminPages.path(project, SECTION));
    }

    private Line line(Register register, Project project, Locale locale) {
        RegisterTables.Stand stand = tables.stand(register, project.id());
        Instant loaded = stand.loadedAt();
        return new Line(
                register.code(),
                registers.isOutside(register),
                stand.entries(),
                loaded == null
                        ? null
                        : dates.momentAndYear(loaded, project.calendar().zone(), locale));
    }
}
