package org.ancora.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.ancora.network.Project;
import org.ancora.referral.directory.DirectoryFiles;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The services around the demo's three projects, invented, through the importer like anybody's file. */
@Component
@Profile("demo")
class DemoDirectory {

    private static final Map<String, String> SOURCES =
            Map.of("en", "Services of York Region", "es", "Servicios de Ayacucho", "it", "Servizi di Torino");
    private static final List<String> LANGUAGES = List.of("en", "es", "it");

    private final DirectoryFiles files;

    DemoDirectory(DirectoryFiles files) {
        this.files = files;
    }

    void fill(Project project) {
        String language = project.locale().getLanguage();
        long source = files.begin(project.id(), Objects.requireNonNull(SOURCES.get(language)));
        files.store(source, "terms.csv", terms(language));
        files.store(source, "services.csv", services(project));
    }

    private static byte[] terms(String language) {
        int column = 2 + LANGUAGES.indexOf(language);
        return bytes(read("directory-terms.csv").stream()
                .map(line -> line.split(",", -1))
                .map(cells -> cells[0] + "," + cells[1] + "," + (cells[0].equals("code") ? "name" : cells[column]))
                .toList());
    }

    private static byte[] services(Project project) {
        String mine = project.key() + ",";
        return bytes(read("directory.csv").stream()
                .filter(line -> line.startsWith(mine) || line.startsWith("project,"))
                .map(line -> line.substring(line.indexOf(',') + 1))
                .toList());
    }

    private static List<String> read(String name) {
        try (InputStream file = DemoDirectory.class.getResourceAsStream("/demo/" + name)) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static byte[] bytes(List<String> lines) {
        return lines.stream().collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8);
    }
}
