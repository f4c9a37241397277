package org.ancora.referral.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.ancora.referral.directory.DirectoryLoads.Load;
import org.ancora.referral.directory.DirectoryLoads.Source;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sources and files of the directory, for tests: given, read and stored in one line. */
@Component
public class DirectoryFixtures {

    /** Two organisations, three services at four places, one of them confidential, and one service on the telephone. */
    static final String FLAT = """
            Agency,Service,Description,Phone,Place,Address,City,Postal code,Country,Area,Hours,Taxonomy,Languages,Verified,Places free,Confidential,Bus line
            Northside House,Hot meals,Warm suppers for everybody,905 555 0111,Northside Hall,1 Elm St,Newmarket,L3Y 1A1,CA,York Region,Mon-Fri 17:00-19:00,FOOD-MEALS,en; so,2026-09-01,,,
            Northside House,Food bank,Groceries once a week,905 555 0112,Northside Hall,1 Elm St,Newmarket,L3Y 1A1,CA,York Region,Wed 10:00-12:00,FOOD-BANK,en,2024-01-15,,,12A
            Northside House,Safe nights,Beds for women,905 555 0199,Quiet House,9 Hidden Lane,Aurora,L4G 2B2,CA,York Region,24/7,SHELTER,en,2026-10-01,0,yes,
            Linea Amica,Ascolto,Qualcuno che ascolta,800 555 010,,,,,,Ontario,daily 22:00-06:00,TALK,it; en,,4,,
            """;

    static final String TAXONOMY = """
            code,name,parent
            FOOD,Food and drink,
            FOOD-MEALS,Meals,FOOD
            FOOD-BANK,Food banks,FOOD
            SHELTER,Shelter,
            TALK,Somebody to talk to,
            """;

    private final DirectoryLoads loads;
    private final DirectoryLoader loader;
    private final DirectoryExport export;
    private final JdbcClient jdbc;

    DirectoryFixtures(DirectoryLoads loads, DirectoryLoader loader, DirectoryExport export, JdbcClient jdbc) {
        this.loads = loads;
        this.loader = loader;
        this.export = export;
        this.jdbc = jdbc;
    }

    Source source(Project project, String name) {
        long id = loads.begin(project.id(), name, UserId.SYSTEM);
        return loads.source(id, Viewer.system());
    }

    /** A source of a project, with a file that is checked and waits to be stored, and one that is stored. */
    public void plant(Project project) {
        Source source = source(project, "Planted");
        Load waiting = check(source, "waiting.csv", FLAT);
        store(source(project, "Planted as well"), "york.csv", FLAT);
        assertThat(waiting.isNews()).isTrue();
    }

    /** A source of a project with this flat file in it. */
    public void plant(Project project, String flat) {
        assertThat(store(source(project, "Planted by hand"), "flat.csv", flat).isNews())
                .isTrue();
    }

    /** Gives a file and has it read. */
    Load check(Source source, String name, byte[] bytes) {
        try {
            long id = loads.take(source, name, new ByteArrayInputStream(bytes), Integer.MAX_VALUE, UserId.SYSTEM);
            loader.goOn(id);
            return loads.find(id).orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Load check(Source source, String name, String text) {
        return check(source, name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives a file, has it read and has it stored. */
    Load store(Source source, String name, byte[] bytes) {
        return store(check(source, name, bytes));
    }

    Load store(Source source, String name, String text) {
        return store(source, name, text.getBytes(StandardCharsets.UTF_8));
    }

    Load store(Load load) {
        loads.store(load, UserId.SYSTEM);
        loader.goOn(load.id());
        return loads.find(load.id()).orElseThrow();
    }

    List<Fault> faults(Load load) {
        return loads.faults(load, 1000);
    }

    byte[] zip(Source source, Viewer viewer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            export.tabular(source.id(), source.project(), viewer, out);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return out.toByteArray();
    }

    byte[] json(Source source, Viewer viewer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            export.json(source.id(), source.project(), viewer, out);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return out.toByteArray();
    }

    /** A zip of these files. */
    static byte[] zipped(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    /** The files of a zip. */
    static Map<String, String> unzipped(byte[] bytes) {
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return files;
    }

    /** Every row of the directory, active or not, with the moment at which it changed: equal before and after means untouched. */
    List<String> everything() {
        return jdbc.sql("""
                        select 'o' || id || ref || data || active || changed_at || xmin from directory_organization
                        union all select 's' || id || ref || data || active || changed_at || xmin from directory_service
                        union all select 'l' || id || ref || data || active || changed_at || xmin from directory_location
                        union all select 'a' || id || ref || data || active || changed_at || xmin from directory_service_at_location
                        union all select 't' || id || ref || data || active || changed_at || path::text || xmin
                                    from directory_taxonomy_term
                        union all select 'x' || id || ref || data || active || changed_at || xmin from directory_taxonomy
                        union all select 'p' || id || kind || ref || data || active || changed_at || xmin from directory_part
                        union all select 'r' || id || ref || active || name || hours || open_week::text || xmin
                                    from directory_resource
                        order by 1
                        """).query(String.class).list();
    }

    /** What the active rows say, without ids of ours: equal in two sources that say the same. */
    List<String> said(Source source) {
        return jdbc.sql("""
                        select 'organization ' || ref || ' ' || data from directory_organization where source_id = :s and active
                        union all select 'service ' || ref || ' ' || data from directory_service where source_id = :s and active
                        union all select 'location ' || ref || ' ' || data from directory_location where source_id = :s and active
                        union all select 'at ' || ref || ' ' || data from directory_service_at_location where source_id = :s and active
                        union all select 'taxonomy ' || ref || ' ' || data from directory_taxonomy where source_id = :s and active
                        union all select 'term ' || ref || ' ' || data from directory_taxonomy_term where source_id = :s and active
                        union all select kind || ' ' || ref || ' ' || data from directory_part where source_id = :s and active
                        order by 1
                        """).param("s", source.id()).query(String.class).list();
    }
}
