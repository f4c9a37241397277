package org.ancora.referral.directory;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One table with a line for each service at a place, as small agencies keep it, its columns named in any of the three languages;
 * and a taxonomy as one table. What no column of ours is for stays with the service.
 */
final class FlatFile {

    private enum Field {
        ID,
        AGENCY,
        SERVICE,
        DESCRIPTION,
        PHONE,
        EMAIL,
        WEBSITE,
        PLACE,
        ADDRESS,
        CITY,
        REGION,
        POSTAL_CODE,
        COUNTRY,
        LATITUDE,
        LONGITUDE,
        AREA,
        HOURS,
        TERMS,
        LANGUAGES,
        STATUS,
        ASSURED,
        CAPACITY,
        CONFIDENTIAL,
        ELIGIBILITY,
        FEES
    }

    private static final Map<Field, Set<String>> NAMES = new EnumMap<>(Map.ofEntries(
            Map.entry(Field.ID, Set.of("id", "service id", "codigo de servicio", "codice servizio")),
            Map.entry(
                    Field.AGENCY,
                    Set.of(
                            "agency",
                            "organization",
                            "organisation",
                            "organization name",
                            "agencia",
                            "organizacion",
                            "institucion",
                            "entidad",
                            "ente",
                            "organizzazione")),
            Map.entry(
                    Field.SERVICE, Set.of("service", "service name", "name", "servicio", "nombre", "servizio", "nome")),
            Map.entry(Field.DESCRIPTION, Set.of("description", "descripcion", "descrizione")),
            Map.entry(Field.PHONE, Set.of("phone", "telephone", "telefono", "tel")),
            Map.entry(
                    Field.EMAIL,
                    Set.of("email", "e mail", "mail", "correo", "correo electronico", "posta elettronica")),
            Map.entry(Field.WEBSITE, Set.of("website", "url", "web", "sitio web", "sito", "sito web")),
            Map.entry(Field.PLACE, Set.of("place", "location", "site", "lugar", "local", "sede", "luogo")),
            Map.entry(Field.ADDRESS, Set.of("address", "street", "direccion", "indirizzo")),
            Map.entry(Field.CITY, Set.of("city", "town", "ciudad", "distrito", "citta", "comune")),
            Map.entry(Field.REGION, Set.of("province", "state", "region", "departamento", "provincia", "regione")),
            Map.entry(Field.POSTAL_CODE, Set.of("postal code", "postcode", "zip", "zip code", "codigo postal", "cap")),
            Map.entry(Field.COUNTRY, Set.of("country", "pais", "paese")),
            Map.entry(Field.LATITUDE, Set.of("latitude", "latitud", "latitudine")),
            Map.entry(Field.LONGITUDE, Set.of("longitude", "longitud", "longitudine")),
            Map.entry(
                    Field.AREA,
                    Set.of(
                            "area",
                            "service area",
                            "area served",
                            "zona",
                            "ambito",
                            "area de atencion",
                            "zona de atencion",
                            "area di servizio",
                            "zona servita")),
            Map.entry(
                    Field.HOURS,
                    Set.of("hours", "opening hours", "schedule", "horario", "horarios", "orario", "orari")),
            Map.entry(
                    Field.TERMS,
                    Set.of(
                            "taxonomy",
                            "taxonomy code",
                            "taxonomy codes",
                            "code",
                            "codes",
                            "need",
                            "needs",
                            "codigo",
                            "codigos",
                            "taxonomia",
                            "necesidad",
                            "codice",
                            "codici",
                            "tassonomia",
                            "bisogno")),
            Map.entry(Field.LANGUAGES, Set.of("language", "languages", "idioma", "idiomas", "lingua", "lingue")),
            Map.entry(Field.STATUS, Set.of("status", "estado", "stato")),
            Map.entry(
                    Field.ASSURED,
                    Set.of(
                            "assured date",
                            "verified",
                            "last verified",
                            "verificado",
                            "fecha de verificacion",
                            "verificato",
                            "data di verifica")),
            Map.entry(
                    Field.CAPACITY,
                    Set.of("capacity", "places free", "plazas", "cupos", "cupos libres", "posti", "posti liberi")),
            Map.entry(Field.CONFIDENTIAL, Set.of("confidential", "confidencial", "riservato")),
            Map.entry(
                    Field.ELIGIBILITY,
                    Set.of("eligibility", "requisitos", "elegibilidad", "requisiti", "a chi si rivolge")),
            Map.entry(Field.FEES, Set.of("fees", "cost", "costo", "costi", "tarifa", "tariffa"))));

    private static final List<Kind> COVERED = List.of(
            Kind.ORGANIZATION,
            Kind.SERVICE,
            Kind.LOCATION,
            Kind.SERVICE_AT_LOCATION,
            Kind.PHONE,
            Kind.ADDRESS,
            Kind.SCHEDULE,
            Kind.SERVICE_AREA,
            Kind.LANGUAGE,
            Kind.SERVICE_CAPACITY,
            Kind.ATTRIBUTE);

    private static final Map<String, String> STATUSES = Map.of(
            "activo", "active",
            "attivo", "active",
            "inactivo", "inactive",
            "inattivo", "inactive",
            "cerrado temporalmente", "temporarily closed",
            "chiuso temporaneamente", "temporarily closed");

    private static final String LIST = "[;|\\n]";

    private final String file;
    private final Staging staging;
    private final List<String> header;
    private final Map<Field, Integer> columns;

    private FlatFile(String file, Staging staging, List<String> header, Map<Field, Integer> columns) {
        this.file = file;
        this.staging = staging;
        this.header = header;
        this.columns = columns;
    }

    /**
     * Reads a table, whichever of the three it is: one of a package, a taxonomy, or services.
     *
     * @param again opens the file anew
     */
    static void read(String file, InputStream bytes, Charset charset, InputStream again, Staging staging) {
        Table table = new Table(file, bytes, charset);
        List<String> names = table.header().stream()
                .map(name -> String.join(" ", Plain.words(name)))
                .toList();
        Optional<Kind> kind = Kind.ofFile(file);
        if (kind.isPresent() && isTableOf(kind.get(), table.header())) {
            staging.form("table");
            staging.onceEach();
            PackageFile.table(file, kind.get(), again, staging);
            return;
        }
        boolean parents = names.stream().anyMatch(Set.of("parent", "parent id", "parent code", "padre")::contains);
        Map<Field, Integer> columns = columns(names);
        if (parents || (!columns.containsKey(Field.AGENCY) && names.contains("code") && names.contains("name"))) {
            staging.form("taxonomy");
            taxonomy(file, table, names, staging);
            return;
        }
        for (Field field : List.of(Field.AGENCY, Field.SERVICE)) {
            if (!columns.containsKey(field)) {
                throw new Unreadable(
                        file,
                        1,
                        field.name().toLowerCase(Locale.ROOT),
                        "no-column",
                        field.name().toLowerCase(Locale.ROOT));
            }
        }
        staging.form("flat");
        COVERED.forEach(staging::covers);
        new FlatFile(file, staging, table.header(), columns).services(table);
    }

    /** A file may be named like a table of HSDS and be none: that has what its kind cannot do without. */
    private static boolean isTableOf(Kind kind, List<String> header) {
        return header.contains("id")
                && kind.columns().values().stream()
                        .filter(column -> column.need() == Kind.Need.ESSENTIAL)
                        .allMatch(column -> header.contains(column.name()));
    }

    private static Map<Field, Integer> columns(List<String> names) {
        Map<Field, Integer> columns = new EnumMap<>(Field.class);
        for (int column = 0; column < names.size(); column++) {
            for (Map.Entry<Field, Set<String>> each : NAMES.entrySet()) {
                if (each.getValue().contains(names.get(column))) {
                    columns.putIfAbsent(each.getKey(), column);
                }
            }
        }
        return columns;
    }

    /** Terms with the codes of those above them; a term is known by its id where there is one, else by its code. */
    private static void taxonomy(String file, Table table, List<String> names, Staging staging) {
        staging.onceEach();
        staging.covers(Kind.TAXONOMY_TERM);
        int id = names.indexOf("id") >= 0 ? names.indexOf("id") : names.indexOf("code");
        if (id < 0) {
            throw new Unreadable(file, 1, "code", "no-column", "code");
        }
        int version = names.indexOf("version") >= 0 ? names.indexOf("version") : names.indexOf("versione");
        if (version >= 0) {
            staging.covers(Kind.TAXONOMY);
        }
        Set<String> told = new HashSet<>();
        for (List<String> cells = table.next(); cells != null; cells = table.next()) {
            Draft draft = new Draft(Kind.TAXONOMY_TERM, file, table.line(), "");
            if (version >= 0 && version < cells.size()) {
                draft.set("taxonomy_id", taxonomy(file, table.line(), names, cells, cells.get(version), told, staging));
            }
            if (cells.size() != names.size()) {
                draft.fault("", "cells", cells.size() + " / " + names.size(), true);
            }
            draft.named(id < cells.size() ? Cells.unescaped(cells.get(id).strip()) : "");
            for (int column = 0; column < Math.min(cells.size(), names.size()); column++) {
                String name = names.get(column);
                String kept =
                        Set.of("parent", "parent code", "padre").contains(name) ? "parent_id" : name.replace(' ', '_');
                if (!name.equals("id") && !name.isEmpty() && column != version) {
                    draft.cell(kept, cells.get(column));
                }
            }
            staging.take(draft);
        }
    }

    /** The taxonomy to which a line belongs, with its version; named by a column of its own, or by the file. */
    private static String taxonomy(
            String file,
            int line,
            List<String> names,
            List<String> cells,
            String version,
            Set<String> told,
            Staging staging) {
        int column = names.stream()
                .filter(Set.of("taxonomy", "taxonomia", "tassonomia")::contains)
                .findFirst()
                .map(names::indexOf)
                .orElse(-1);
        String given = column < 0 || column >= cells.size()
                ? ""
                : Cells.unescaped(cells.get(column).strip());
        String name = given.isEmpty() ? file.replaceFirst("\\.[^.]*$", "") : given;
        String ref = Plain.slug(name);
        if (told.add(ref)) {
            staging.take(new Draft(Kind.TAXONOMY, file, line, "")
                    .named(ref)
                    .relaxed()
                    .cell("name", name)
                    .cell("version", version));
        }
        return ref;
    }

    private void services(Table table) {
        for (List<String> cells = table.next(); cells != null; cells = table.next()) {
            if (cells.size() != header.size()) {
                Fault fault = new Fault(file, table.line(), "", "cells", cells.size() + " / " + header.size(), true);
                // A row that cannot be told apart: nothing of it is taken, and its service stays as it is.
                if (new Row(table.line(), fill(cells)).takeBad()) {
                    staging.fault(fault);
                } else {
                    staging.refuse(fault);
                }
            } else {
                new Row(table.line(), cells).take();
            }
        }
    }

    private List<String> fill(List<String> cells) {
        List<String> filled = new ArrayList<>(cells.subList(0, Math.min(cells.size(), header.size())));
        while (filled.size() < header.size()) {
            filled.add("");
        }
        return filled;
    }

    /** One line of the table, on its way to become rows of several kinds. */
    private final class Row {

        private final int line;
        private final List<String> cells;
        private final String agency;
        private final String service;
        private final String organizationRef;
        private final String serviceRef;

        Row(int line, List<String> cells) {
            this.line = line;
            this.cells = cells;
            this.agency = cell(Field.AGENCY);
            this.service = cell(Field.SERVICE);
            this.organizationRef = Plain.slug(agency);
            String id = cell(Field.ID);
            this.serviceRef = id.isEmpty() ? organizationRef + "--" + Plain.slug(service) : id;
        }

        /** Says only that its service is in the file; returns whether it could. */
        boolean takeBad() {
            if (agency.isEmpty() || service.isEmpty()) {
                return false;
            }
            Draft draft = draft(Kind.SERVICE, serviceRef);
            draft.fault("", "row", "", true);
            staging.take(draft);
            return true;
        }

        void take() {
            if (agency.isEmpty() || service.isEmpty()) {
                String missing = title(agency.isEmpty() ? Field.AGENCY : Field.SERVICE);
                staging.refuse(new Fault(file, line, missing, "required", "", true));
                return;
            }
            Draft organization = draft(Kind.ORGANIZATION, organizationRef).cell("name", agency);
            staging.take(organization);
            service();
            Optional<String> at = place();
            String owner = at.map(ref -> "service_at_location_id").orElse("service_id");
            String ref = at.orElse(serviceRef);
            phones(owner, ref);
            hours(owner, ref);
            areas(owner, ref);
            languages();
            terms();
            capacity();
        }

        private void service() {
            Draft draft = draft(Kind.SERVICE, serviceRef)
                    .set("organization_id", organizationRef)
                    .cell("name", service)
                    .cell("description", cell(Field.DESCRIPTION))
                    .cell("eligibility_description", cell(Field.ELIGIBILITY))
                    .cell("fees_description", cell(Field.FEES));
            String status = cell(Field.STATUS);
            named(
                    draft,
                    "status",
                    status.isEmpty() ? "active" : STATUSES.getOrDefault(Plain.of(status), status),
                    Field.STATUS);
            named(draft, "email", cell(Field.EMAIL), Field.EMAIL);
            named(draft, "url", cell(Field.WEBSITE), Field.WEBSITE);
            named(draft, "assured_date", cell(Field.ASSURED), Field.ASSURED);
            for (int column = 0; column < header.size(); column++) {
                if (!columns.containsValue(column) && !header.get(column).isEmpty()) {
                    draft.cell(unknown(header.get(column)), cells.get(column));
                }
            }
            staging.take(draft);
        }

        /** A column of nobody's may have the name of one of HSDS, whose meaning it need not have. */
        private String unknown(String column) {
            return column.equals("id")
                            || column.endsWith("_id")
                            || Kind.SERVICE.columns().containsKey(column)
                    ? "x_" + column
                    : column;
        }

        /** The service at its place, where the line names one. */
        private Optional<String> place() {
            String place = cell(Field.PLACE);
            String address = cell(Field.ADDRESS);
            String city = cell(Field.CITY);
            if (place.isEmpty() && address.isEmpty() && city.isEmpty()) {
                return Optional.empty();
            }
            boolean confidential = isYes(cell(Field.CONFIDENTIAL));
            String ref = organizationRef + "--" + Plain.slug(place + " " + address + " " + city)
                    + (confidential ? "--c" : "");
            Draft location = draft(Kind.LOCATION, ref)
                    .set("location_type", "physical")
                    .set("organization_id", organizationRef)
                    .cell("name", place.isEmpty() ? null : place);
            named(location, "latitude", cell(Field.LATITUDE), Field.LATITUDE);
            named(location, "longitude", cell(Field.LONGITUDE), Field.LONGITUDE);
            if (confidential) {
                location.cell("confidential", "true");
            }
            staging.take(location);
            if (!address.isEmpty() || !city.isEmpty()) {
                staging.take(draft(Kind.ADDRESS, ref + ":address")
                        .set("location_id", ref)
                        .set("address_type", "physical")
                        .cell("address_1", address)
                        .cell("city", city)
                        .cell("state_province", cell(Field.REGION))
                        .cell("postal_code", cell(Field.POSTAL_CODE))
                        .cell("country", cell(Field.COUNTRY)));
            }
            String at = serviceRef + "@" + ref;
            staging.take(draft(Kind.SERVICE_AT_LOCATION, at)
                    .set("service_id", serviceRef)
                    .set("location_id", ref));
            return Optional.of(at);
        }

        private void phones(String owner, String ref) {
            int number = 0;
            for (String phone : cell(Field.PHONE).split(LIST, -1)) {
                if (!phone.isBlank()) {
                    staging.take(draft(Kind.PHONE, ref + ":phone:" + number++)
                            .set(owner, ref)
                            .cell("number", phone));
                }
            }
        }

        private void hours(String owner, String ref) {
            String text = cell(Field.HOURS);
            if (text.isEmpty()) {
                return;
            }
            Optional<List<HoursText.Span>> spans = HoursText.read(text);
            if (spans.isEmpty()) {
                Draft draft =
                        draft(Kind.SCHEDULE, ref + ":hours:0").set(owner, ref).cell("description", text);
                draft.fault(title(Field.HOURS), "hours", text, false);
                staging.take(draft);
                return;
            }
            int number = 0;
            for (HoursText.Span span : spans.get()) {
                staging.take(draft(Kind.SCHEDULE, ref + ":hours:" + number++)
                        .set(owner, ref)
                        .set("freq", "WEEKLY")
                        .set("byday", span.days())
                        .set("opens_at", span.opens())
                        .set("closes_at", span.closes()));
            }
        }

        private void areas(String owner, String ref) {
            int number = 0;
            for (String area : cell(Field.AREA).split(LIST, -1)) {
                if (!area.isBlank()) {
                    staging.take(draft(Kind.SERVICE_AREA, ref + ":area:" + number++)
                            .set(owner, ref)
                            .cell("name", area));
                }
            }
        }

        private void languages() {
            for (String language : cell(Field.LANGUAGES).split("[;|,\\n]", -1)) {
                String plain = language.strip();
                if (!plain.isEmpty()) {
                    boolean code = plain.matches("[a-zA-Z]{2,3}");
                    Draft draft = draft(Kind.LANGUAGE, serviceRef + ":language:" + Plain.slug(plain))
                            .set("service_id", serviceRef);
                    staging.take(draft.cell(code ? "code" : "name", code ? plain.toLowerCase(Locale.ROOT) : plain));
                }
            }
        }

        private void terms() {
            for (String term : cell(Field.TERMS).split("[;|,\\n]", -1)) {
                if (!term.isBlank()) {
                    String code = Cells.unescaped(term.strip());
                    staging.take(draft(Kind.ATTRIBUTE, serviceRef + ":term:" + code)
                            .set("link_id", serviceRef)
                            .set("link_entity", "service")
                            .set("taxonomy_term_id", code)
                            .set("label", code));
                }
            }
        }

        private void capacity() {
            String places = cell(Field.CAPACITY);
            if (!places.isEmpty()) {
                Draft draft =
                        draft(Kind.SERVICE_CAPACITY, serviceRef + ":capacity").set("service_id", serviceRef);
                named(draft, "available", places, Field.CAPACITY);
                String day = cell(Field.ASSURED);
                staging.take(draft.cell("updated", day.isEmpty() ? null : day));
            }
        }

        private Draft draft(Kind kind, String ref) {
            return new Draft(kind, file, line, "").named(ref).relaxed();
        }

        /** Takes a cell; what is wrong with it is told by the name that its column has in the file. */
        private void named(Draft draft, String column, String cell, Field field) {
            int before = draft.faults().size();
            draft.cell(column, cell);
            if (draft.faults().size() > before) {
                Fault fault = draft.faults().remove(before);
                draft.faults()
                        .add(new Fault(
                                fault.file(),
                                fault.line(),
                                title(field),
                                fault.problem(),
                                fault.value(),
                                fault.error()));
            }
        }

        private String cell(Field field) {
            Integer column = columns.get(field);
            return column == null ? "" : Cells.unescaped(cells.get(column).strip());
        }

        private String title(Field field) {
            Integer column = columns.get(field);
            return column == null ? field.name().toLowerCase(Locale.ROOT) : header.get(column);
        }
    }

    /** Whether a cell says yes, in any of the three languages. */
    static boolean isYes(String cell) {
        return Set.of("yes", "y", "true", "1", "si", "s", "x", "vero").contains(Plain.of(cell));
    }
}
