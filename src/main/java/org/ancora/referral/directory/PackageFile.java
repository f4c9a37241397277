package org.ancora.referral.directory;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HSDS as a tabular data package: a zip of tables with {@code datapackage.json}, which may name their files. */
final class PackageFile {

    static final int MOST_FILES = 200;

    /** Unpacked, in bytes; fifty thousand services with everything about them stay far below. */
    static final long LARGEST = 2L << 30;

    /** How much larger than the package its files may be, once that is more than a small package can hold. */
    private static final int MOST_TIMES = 150;

    private static final long SMALL = 20L << 20;
    private static final String DESCRIPTION = "datapackage.json";
    private static final int LARGEST_DESCRIPTION = 5 << 20;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final long packed;
    private final Supplier<InputStream> bytes;
    private final Staging staging;

    private final SaidOfServices services = new SaidOfServices();
    private int version = 3;
    private long unpacked;

    private PackageFile(long packed, Supplier<InputStream> bytes, Staging staging) {
        this.packed = packed;
        this.bytes = bytes;
        this.staging = staging;
    }

    /**
     * Reads a package twice: first what it holds, then its tables; one of version 2 once more in between, for what it says of
     * services in tables of their own.
     *
     * @param packed its size in bytes
     * @param bytes opens it anew each time
     * @throws Unreadable when it is none, or may not be unpacked
     */
    static void read(String file, long packed, Supplier<InputStream> bytes, Staging staging) {
        staging.form("tabular");
        staging.onceEach();
        try {
            PackageFile first = new PackageFile(packed, bytes, staging);
            Map<String, HsdsVersion.Older> tables = first.look(file);
            if (first.version == 2) {
                first.ofServices();
            }
            first.read(tables);
        } catch (ZipException broken) {
            throw new Unreadable(file, 0, "", "zip", String.valueOf(broken.getMessage()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The entry's name, if it is one that may be unpacked. */
    private static String safe(ZipEntry entry) {
        String name = entry.getName();
        boolean odd = name.indexOf('\\') >= 0
                || name.startsWith("/")
                || name.indexOf(':') >= 0
                || name.length() > 200
                || List.of(name.split("/", -1)).contains("..")
                || name.chars().anyMatch(Character::isISOControl);
        if (odd) {
            throw new Unreadable(name.replaceAll("\\p{Cntrl}", "?"), 0, "", "path", "");
        }
        return name;
    }

    /** What its tables are. */
    private Map<String, HsdsVersion.Older> look(String file) throws IOException {
        Set<String> names = new HashSet<>();
        JsonNode description = null;
        try (ZipInputStream zip = new ZipInputStream(bytes.get(), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = safe(entry);
                if (!names.add(name)) {
                    throw new Unreadable(name, 0, "", "same-name", "");
                }
                if (names.size() > MOST_FILES) {
                    throw new Unreadable(file, 0, "", "files", MOST_FILES);
                }
                InputStream counted = new Counted(zip, name);
                if (bare(name).equals(DESCRIPTION)) {
                    description = description(name, counted);
                } else {
                    counted.skip(Long.MAX_VALUE);
                }
            }
        } catch (IllegalArgumentException noText) {
            throw new Unreadable(file, 0, "", "zip", "");
        }
        if (description == null) {
            throw new Unreadable(file, 0, "", "no-description", DESCRIPTION);
        }
        return match(names, description);
    }

    private void ofServices() throws IOException {
        unpacked = 0;
        try (ZipInputStream zip = new ZipInputStream(bytes.get(), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = safe(entry);
                InputStream counted = new Counted(zip, name);
                if (HsdsVersion.isOfServices(name)) {
                    open(name, counted).ifPresent(table -> HsdsVersion.ofServices(name, table, staging, services));
                } else {
                    counted.skip(Long.MAX_VALUE);
                }
            }
        }
    }

    private static JsonNode description(String name, InputStream in) throws IOException {
        byte[] read = in.readNBytes(LARGEST_DESCRIPTION + 1);
        if (read.length > LARGEST_DESCRIPTION) {
            throw new Unreadable(name, 0, "", "long", LARGEST_DESCRIPTION);
        }
        try {
            JsonNode tree = JSON.readTree(read);
            if (!tree.isObject()) {
                throw new Unreadable(name, 1, "", "json", "");
            }
            return tree;
        } catch (JacksonException broken) {
            int line = broken.getLocation() == null
                    ? 1
                    : Math.max(1, broken.getLocation().getLineNr());
            throw new Unreadable(name, line, "", "json", "");
        }
    }

    /** Which kind each table holds: as the description says, else by its name. */
    private Map<String, HsdsVersion.Older> match(Set<String> names, JsonNode description) {
        if (description.path("partial").asBoolean(false)) {
            staging.partial();
        }
        Map<String, String> described = new HashMap<>();
        for (JsonNode resource : description.path("resources")) {
            JsonNode path =
                    resource.path("path").isArray() ? resource.path("path").path(0) : resource.path("path");
            described.put(bare(path.asString("")), resource.path("name").asString(""));
        }
        Set<String> called = new HashSet<>(names);
        names.forEach(name -> called.add(described.getOrDefault(bare(name), name)));
        version = HsdsVersion.of(called, description, DESCRIPTION);
        if (version == 2) {
            staging.form("tabular-2");
        }
        Map<String, HsdsVersion.Older> tables = new HashMap<>();
        for (String name : names) {
            if (!name.toLowerCase(Locale.ROOT).endsWith(".csv") || (version == 2 && HsdsVersion.isOfServices(name))) {
                continue;
            }
            Optional<HsdsVersion.Older> table = Optional.ofNullable(described.get(bare(name)))
                    .flatMap(this::called)
                    .or(() -> called(name));
            if (table.isEmpty()) {
                staging.fault(new Fault(name, 0, "", "file", "", false));
            } else if (tables.containsValue(table.get())) {
                throw new Unreadable(name, 0, "", "same-name", "");
            } else {
                tables.put(name, table.get());
            }
        }
        if (tables.isEmpty()) {
            throw new Unreadable(DESCRIPTION, 0, "", "nothing", "");
        }
        return tables;
    }

    private Optional<HsdsVersion.Older> called(String name) {
        if (version == 2) {
            return HsdsVersion.table(name).or(() -> kind(name).map(HsdsVersion::table));
        }
        return kind(name).map(HsdsVersion.Older::none);
    }

    private static Optional<Kind> kind(String name) {
        return Kind.of(name.toLowerCase(Locale.ROOT)).or(() -> Kind.ofFile(name));
    }

    private void read(Map<String, HsdsVersion.Older> tables) throws IOException {
        unpacked = 0;
        try (ZipInputStream zip = new ZipInputStream(bytes.get(), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = safe(entry);
                HsdsVersion.Older table = tables.get(name);
                InputStream counted = new Counted(zip, name);
                if (table == null) {
                    counted.skip(Long.MAX_VALUE);
                } else {
                    table(name, table, counted);
                }
            }
        }
    }

    /** Reads one table of a kind, which is no part of a package. */
    static void table(String name, Kind kind, InputStream in, Staging staging) {
        new PackageFile(0, () -> in, staging).table(name, HsdsVersion.Older.none(kind), in);
    }

    /** A table with its header; none where the file is empty. */
    private static Optional<Table> open(String name, InputStream in) {
        try {
            return Optional.of(new Table(name, in, StandardCharsets.UTF_8));
        } catch (Unreadable empty) {
            if (empty.fault().problem().equals("empty")) {
                return Optional.empty();
            }
            throw empty;
        }
    }

    private void table(String name, HsdsVersion.Older older, InputStream in) {
        staging.covers(older.kind());
        Optional<Table> opened = open(name, in);
        if (opened.isEmpty()) {
            return;
        }
        Table table = opened.get();
        List<String> header = table.header();
        for (String column : header) {
            if (header.indexOf(column) != header.lastIndexOf(column) && !column.isEmpty()) {
                throw new Unreadable(name, 1, column, "same-column", "");
            }
        }
        if (!header.contains("id")) {
            throw new Unreadable(name, 1, "id", "no-column", "id");
        }
        for (List<String> cells = table.next(); cells != null; cells = table.next()) {
            staging.take(row(name, older, table.line(), header, cells));
        }
    }

    private Draft row(String name, HsdsVersion.Older older, int line, List<String> header, List<String> cells) {
        Draft draft = new Draft(older.kind(), name, line, "");
        String id = cell(cells, header.indexOf("id"));
        draft.named(id == null || id.isEmpty() ? id : id + older.apart());
        if (cells.size() != header.size()) {
            draft.fault("", "cells", cells.size() + " / " + header.size(), true);
        }
        for (int column = 0; column < Math.min(cells.size(), header.size()); column++) {
            String title = header.get(column);
            if (!title.equals("id") && !title.isEmpty()) {
                draft.cell(older.column(title), cells.get(column));
            }
        }
        return version == 2 ? asInThree(draft, older) : draft;
    }

    /** What version 2 says elsewhere, or takes for granted. */
    private Draft asInThree(Draft draft, HsdsVersion.Older older) {
        older.said().forEach((column, value) -> {
            if (!draft.data().has(column)) {
                draft.set(column, value);
            }
        });
        if (draft.kind() == Kind.SERVICE) {
            services.tell(draft);
        }
        HsdsVersion.settle(draft);
        return draft.relaxed();
    }

    private static @Nullable String cell(List<String> cells, int column) {
        return column < 0 || column >= cells.size()
                ? null
                : Cells.unescaped(cells.get(column).strip());
    }

    private static String bare(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** What a package unpacks to, counted: a small file that grows without end is refused before it does harm. */
    private final class Counted extends FilterInputStream {

        private final String name;

        Counted(ZipInputStream zip, String name) {
            super(zip);
            this.name = name;
        }

        @Override
        public int read() throws IOException {
            int each = super.read();
            count(each < 0 ? 0 : 1);
            return each;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            count(Math.max(0, read));
            return read;
        }

        @Override
        public long skip(long most) throws IOException {
            byte[] into = new byte[1 << 16];
            long skipped = 0;
            for (int read = read(into, 0, into.length); read >= 0; read = read(into, 0, into.length)) {
                skipped += read;
            }
            return skipped;
        }

        /** An entry ends where the next one begins: whoever closes it must not close the package. */
        @Override
        public void close() {
            // nothing to close
        }

        private void count(int more) {
            unpacked += more;
            if (unpacked > LARGEST || (unpacked > SMALL && unpacked > packed * MOST_TIMES)) {
                throw new Unreadable(name, 0, "", "bomb", unpacked >> 20);
            }
        }
    }
}
