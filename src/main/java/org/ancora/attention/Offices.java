package org.ancora.attention;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ancora.network.Letterhead;
import org.ancora.network.Project;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * The directory of offices (J98). One file per country, {@code offices/pe.json}; a project without one has a single office,
 * the one of its letterhead.
 */
@Service
public class Offices {

    private final ResourceLoader resources;
    private final JsonMapper json;
    private final String location;
    private final Map<String, Optional<Directory>> known = new ConcurrentHashMap<>();

    /** @param location of the files, where {@code {country}} stands for the ISO 3166 code in small letters */
    Offices(
            ResourceLoader resources,
            JsonMapper json,
            @Value("${ancora.attention.offices:classpath:offices/{country}.json}") String location) {
        this.resources = resources;
        this.json = json;
        this.location = location;
    }

    /**
     * What a file holds.
     *
     * @param asOf the month of which the entries are
     * @param freeLine number that costs callers nothing; may be empty
     * @param website may be empty
     */
    public record Directory(String asOf, String freeLine, String website, List<Office> offices) {

        public Directory {
            offices = List.copyOf(offices);
        }

        /** The month of which the entries are, or null for a letterhead, which is always of today. */
        public @Nullable YearMonth month() {
            return asOf.isEmpty() ? null : YearMonth.parse(asOf);
        }
    }

    /** The directory by which a project works; never empty. */
    public Directory directory(Project project) {
        return known.computeIfAbsent(project.country().toLowerCase(Locale.ROOT), this::read)
                .orElseGet(() -> ofLetterhead(project));
    }

    /** The offices of a project's directory in the file's order. */
    public List<Office> of(Project project) {
        return directory(project).offices();
    }

    /** The office whose region is the project's, else the head office, else the first. */
    public Office home(Project project) {
        List<Office> offices = of(project);
        return offices.stream()
                .filter(office -> project.calendar().jurisdiction().equals(office.jurisdiction()))
                .findFirst()
                .or(() -> offices.stream().filter(Office::head).findFirst())
                .orElseGet(() -> offices.get(0));
    }

    /** The office with this code, when the project's directory has it. */
    public Optional<Office> find(String code, Project project) {
        return of(project).stream()
                .filter(office -> office.id().value().equals(code))
                .findFirst();
    }

    private static Directory ofLetterhead(Project project) {
        Letterhead head = project.settings().letterhead();
        return new Directory(
                "",
                "",
                "",
                List.of(new Office(
                        new OfficeId(project.codePrefix() + "1"),
                        head.name(),
                        null,
                        true,
                        head.address(),
                        head.phone(),
                        "",
                        List.of())));
    }

    private Optional<Directory> read(String country) {
        Resource file = resources.getResource(location.replace("{country}", country));
        if (!file.exists()) {
            return Optional.empty();
        }
        try (InputStream in = file.getInputStream()) {
            Directory directory = Objects.requireNonNull(json.readValue(in, Directory.class));
            if (directory.offices().isEmpty()) {
                throw new IllegalStateException("The directory of offices " + file + " names no office");
            }
            return Optional.of(directory);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The directory of offices cannot be read: " + file, unreadable);
        }
    }
}
