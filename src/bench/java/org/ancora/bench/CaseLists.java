package org.ancora.bench;

import static org.ancora.bench.Report.ms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.bench.Report.Line;
import org.ancora.casework.list.BenchCases;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * C1, C2: the list of cases of a project with two in five of a million cases, five million entries in the log, 300 people; and
 * the reassignment of ten thousand cases. Every plan is kept, and one that reads a whole large table fails the run.
 */
final class CaseLists {

    private static final String LARGEST = "p-1";

    /** How often a whole page is asked for before it is measured. */
    private static final int WARM_UP = 500;

    private static final Pattern WHOLE_TABLE = Pattern.compile(
            "Seq Scan on (case_file|profile|activity|read_access|contact_point|case_attribute|case_flag)\\b");

    private static final String LARGE =
            "'case_file', 'profile', 'activity', 'read_access', 'contact_point', 'case_attribute', 'case_flag'";

    /** What a plan reads, and by which index. */
    private static final Pattern READ = Pattern.compile(
            "(?:Index Only Scan|Index Scan)(?: Backward)? using (\\w+)|Bitmap Index Scan on (\\w+)|Seq Scan on (\\w+)");

    private final Options options;
    private final Report report;
    private final Server server;
    private final Product product;
    private final BenchCases cases;

    CaseLists(Options options, Report report, Server server, Product product) {
        this.options = options;
        this.report = report;
        this.server = server;
        this.product = product;
        this.cases = product.bean(BenchCases.class);
    }

    void measure() throws Exception {
        if (!options.wants("C1") && !options.wants("C2")) {
            return;
        }
        JdbcTemplate sql = server.sql("ancora");
        Users users = product.bean(Users.class);
        // One connection throughout, because the generator switches triggers off for its session.
        SingleConnectionDataSource one = new SingleConnectionDataSource(server.url("ancora"), "postgres", "", true);
        String filled;
        try {
            filled = new Generator(new JdbcTemplate(one), options.scaled(1_000_000)).fill();
        } finally {
            one.destroy();
        }
        Viewer worker = cases.viewer(product.worker());
        for (Role role : List.of(Role.SUPERVISOR, Role.COORDINATOR)) {
            if (!worker.roles(product.project()).contains(role)) {
                users.grant(product.worker(), product.project(), role, UserId.SYSTEM);
            }
        }
        report.part("C1", () -> lists(sql, filled));
        report.part("C2", () -> reassignment(sql, filled));
    }

    private Map<String, String> addresses(JdbcTemplate sql) {
        String worker = sql.queryForObject(
                "select assignee::text from case_file c join project p on p.id = c.project_id and p.key = 'p-1'"
                        + " where assignee is not null limit 1",
                String.class);
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("first page: open cases, newest first", "");
        asked.put("every case", "status=all");
        asked.put("name fragment that many have (“mar”)", "q=mar&status=all");
        asked.put("name fragment that few have (“zorab”)", "q=zorab&status=all");
        asked.put("fragment that nobody has", "q=xqjzk&status=all");
        asked.put("two words", "q=ana lop&status=all");
        asked.put("two letters", "q=zo&status=all");
        asked.put("part of a code", "q=12345&status=all");
        asked.put("the beginning of a code", "q=BAB-2026-0012&status=all");
        asked.put("telephone number", "q=905 555 0123&status=all");
        asked.put("status: pending", "status=pending");
        asked.put("status: new or in progress", "status=new,in-progress");
        asked.put("closed", "status=ended");
        asked.put("one worker", "assigned=" + worker);
        asked.put("mine", "assigned=mine");
        asked.put("unassigned", "assigned=none");
        asked.put("flag: safeguarding", "flag=safeguarding");
        asked.put("flag: housing (rare)", "flag=housing&status=all");
        asked.put("service: group", "mode=group");
        asked.put("opened within a month", "opened=2025-03-01..2025-03-31&status=all");
        asked.put("closed within a week", "closed=2025-03-01..2025-03-07&status=all");
        asked.put("waiting", "waiting=*");
        asked.put("closing reason", "reason=deceased&status=all");
        asked.put("attribute: programme (choice)", "a.programme=b");
        asked.put("attribute: children (number)", "a.children=7..&status=all");
        asked.put("attribute: registry id", "a.registry==R-4243&status=all");
        asked.put(
                "advanced: five rules",
                "status=in-progress,assigned&assigned=any&opened=2024-01-01..2025-12-31&mode=individual&a.programme=a,b");
        asked.put(
                "advanced: five rules that nothing fits",
                "status=new&assigned=none&flag=housing&mode=group&a.children=8");
        asked.put("column filter: code begins with", "code=^BAB-2025&status=all");
        asked.put("column filter: code contains", "code=1234&status=all");
        asked.put("column filter: client contains", "client=zorab&status=all");
        asked.put("column filter: client contains what many have", "client=mar&status=all");
        asked.put("by client", "sort=client&status=all");
        asked.put("by code", "sort=-code&status=all");
        asked.put("by closing day", "sort=-closed&status=all");
        asked.put("by waiting time", "sort=waiting");
        asked.put("by worker", "sort=assigned");
        return asked;
    }

    private void lists(JdbcTemplate sql, String filled) throws Exception {
        Viewer viewer = cases.viewer(product.worker());
        List<Line> lines = new ArrayList<>();
        StringBuilder plans = new StringBuilder();
        List<String> faults = new ArrayList<>();
        List<String> reads = new ArrayList<>(List.of("| query | its page reads | its count reads |", "|---|---|---|"));
        for (Map.Entry<String, String> each : addresses(sql).entrySet()) {
            lines.add(line(each.getKey(), 50, () -> cases.list(LARGEST, each.getValue(), viewer)));
            reads.add(keep(each.getKey(), LARGEST, each.getValue(), viewer, plans, faults));
        }
        String deep = "status=all";
        String place = "";
        for (int page = 0; page < options.scaled(400); page++) {
            place = "&after=" + cases.list(LARGEST, deep + place, viewer);
        }
        String late = deep + place;
        lines.add(line(
                "page " + (options.scaled(400) + 1) + " of every case", 50, () -> cases.list(LARGEST, late, viewer)));
        reads.add(keep("deep page", LARGEST, late, viewer, plans, faults));
        lines.add(line("over all three projects: first page", 50, () -> cases.list(null, "", viewer)));
        reads.add(keep("over all: first page", null, "", viewer, plans, faults));
        lines.add(line("over all three projects: “mar”", 50, () -> cases.list(null, "q=mar&status=all", viewer)));
        reads.add(keep("over all: mar", null, "q=mar&status=all", viewer, plans, faults));
        lines.add(line("exact count of every case", 0, () -> cases.exactly(LARGEST, "status=all", viewer)));
        lines.add(line("exact count of “mar”", 0, () -> cases.exactly(LARGEST, "q=mar&status=all", viewer)));
        product.signIn();
        lines.add(pageLine("whole page over HTTP: list", 50, "/p/p-1/cases"));
        lines.add(pageLine("whole page over HTTP: search “mar”", 50, "/p/p-1/cases?q=mar&status=all"));
        lines.add(pageLine("whole page over HTTP: overview with its counts", 50, "/p/p-1"));
        String code = sql.queryForObject(
                "select code from case_file c join project p on p.id = c.project_id and p.key = 'p-1' where status = 'in-progress' limit 1",
                String.class);
        lines.add(pageLine("whole page over HTTP: one case", 30, "/cases/" + code));
        reads.add(scans("overview, whole page", "/p/p-1", sql, faults));
        reads.add(scans("one case, whole page", "/cases/" + code, sql, faults));
        reads.add("");
        Path kept = Path.of(System.getProperty("bench.basedir", "."), "target", "case-list-plans.txt");
        Files.createDirectories(kept.getParent());
        Files.writeString(kept, plans);
        List<String> remarks = new ArrayList<>(List.of(
                filled,
                "Each line but the last four is the statement of the page and that of its count up to 1,000, read with the"
                        + " rights of a coordinator of the largest project.",
                "Whole pages are asked for " + WARM_UP + " times beforehand, so Java has compiled what draws them.",
                "p50 and p95 of " + repetitions()
                        + " turns; plans of every statement in full: `target/case-list-plans.txt`."));
        remarks.addAll(
                faults.isEmpty()
                        ? List.of("No statement reads a large table from end to end.")
                        : faults.stream().map(fault -> "**" + fault + "**").toList());
        report.write("C1", "The list of cases", lines, reads, remarks);
        if (!faults.isEmpty() && options.scale() >= 0.5) {
            throw new IllegalStateException(String.join("\n", faults));
        }
    }

    private static int repetitions() {
        return 60;
    }

    private String page(String path) throws IOException, InterruptedException {
        var answer = product.get(path);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    /** A page of a server that has been at work for a while: Java has compiled by then what it draws pages with. */
    private Line pageLine(String what, int goal, String path) throws Exception {
        Stopwatch.samples(WARM_UP, () -> page(path));
        return line(what, goal, () -> page(path));
    }

    /** p50 beside p95, against a goal for the latter; without one where it is 0. */
    private static Line line(String what, int goal, Callable<?> work) throws Exception {
        Stopwatch.samples(8, work);
        List<Double> taken = Stopwatch.samples(repetitions(), work);
        double late = Stopwatch.percentile(taken, 95);
        Benchmarks.say(String.format(Locale.ENGLISH, "%-50s %8.2f ms %8.2f ms", what, Stopwatch.median(taken), late));
        return new Line(
                what,
                "p50 " + ms(Stopwatch.median(taken)),
                "p95 " + ms(late),
                "",
                goal == 0 ? "" : "p95 ≤ " + goal + " ms",
                goal == 0 ? "" : late <= goal ? "yes" : "**no**");
    }

    /** What a plan reads: its indexes in the order in which they stand, and tables so small that they are read whole. */
    private static String reads(String plan) {
        Set<String> found = new LinkedHashSet<>();
        Matcher each = READ.matcher(plan);
        while (each.find()) {
            found.add(
                    each.group(3) != null
                            ? "all of " + each.group(3)
                            : "`" + (each.group(1) != null ? each.group(1) : each.group(2)) + "`");
        }
        return found.isEmpty() ? "nothing" : String.join(", ", found);
    }

    /** Which indexes of the large tables a whole page reads, by the database's own counts; reading all of one is a fault. */
    private String scans(String what, String path, JdbcTemplate sql, List<String> faults) throws Exception {
        Map<String, Long> before = scans(sql);
        for (int turn = 0; turn < 20; turn++) {
            page(path);
        }
        Map<String, Long> after = scans(sql);
        Set<String> read = new LinkedHashSet<>();
        after.forEach((name, times) -> {
            if (times > before.getOrDefault(name, 0L)) {
                read.add(name.startsWith("all of ") ? name : "`" + name + "`");
            }
        });
        read.stream().filter(name -> name.startsWith("all of ")).forEach(name -> faults.add(what + ": reads " + name));
        return "| " + what + " | " + String.join(", ", read) + " | |";
    }

    /** How often each index of the large tables and each of these tables was read; backends tell of it some seconds later. */
    private static Map<String, Long> scans(JdbcTemplate sql) throws InterruptedException {
        Thread.sleep(11_000);
        Map<String, Long> found = new LinkedHashMap<>();
        sql.query("""
                select 'all of ' || relname as name, seq_scan as times from pg_stat_user_tables where relname in (%1$s)
                union all
                select indexrelname, idx_scan from pg_stat_user_indexes where relname in (%1$s) order by 1
                """.formatted(LARGE), row -> {
            found.put(row.getString("name"), row.getLong("times"));
        });
        return found;
    }

    /** @return a line of the table of what is read */
    private String keep(
            String what,
            @org.jspecify.annotations.Nullable String project,
            String address,
            Viewer viewer,
            StringBuilder plans,
            List<String> faults) {
        List<String> both = cases.plans(project, address, viewer);
        for (String plan : both) {
            plans.append("== ")
                    .append(what)
                    .append(": ?")
                    .append(address)
                    .append('\n')
                    .append(plan)
                    .append("\n\n");
            Matcher whole = WHOLE_TABLE.matcher(plan);
            if (whole.find()) {
                faults.add(what + ": reads all of " + whole.group(1));
            }
        }
        return "| " + what + " | " + reads(both.get(0)) + " | " + reads(both.get(1)) + " |";
    }

    private void reassignment(JdbcTemplate sql, String filled) throws Exception {
        int many = options.scaled(10_000);
        List<Long> workers = sql.queryForList(
                "select m.account_id from membership m join project p on p.id = m.project_id and p.key = 'p-1'"
                        + " where m.role = 'caseworker' and m.account_id <> ? order by 1 limit 2",
                Long.class,
                product.worker().value());
        UserId one = new UserId(workers.get(0));
        UserId other = new UserId(workers.get(1));
        sql.update(
                "update case_file set assignee = ?, status = 'assigned', status_id = (select s.id from project_status s where"
                        + " s.project_id = case_file.project_id and s.key = 'assigned') where id in (select c.id from case_file c"
                        + " join project p on p.id = c.project_id and p.key = 'p-1' where c.status in ('new', 'assigned', 'in-progress')"
                        + " and c.waiting_since is null order by c.id limit ?)",
                one.value(),
                many);
        sql.execute("vacuum analyze case_file");
        Viewer viewer = cases.viewer(product.worker());
        List<Double> rates = new ArrayList<>();
        long entries = count(sql);
        for (int round = 0; round < options.rounds(); round++) {
            UserId from = round % 2 == 0 ? one : other;
            UserId to = round % 2 == 0 ? other : one;
            long start = System.nanoTime();
            int changed = cases.reassign(LARGEST, from, to, many, viewer);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (changed != many) {
                throw new IllegalStateException(changed + " of " + many + " were reassigned");
            }
            Benchmarks.say(String.format(Locale.ENGLISH, "%d cases reassigned in %.2f s", changed, seconds));
            rates.add(changed / seconds);
        }
        if (count(sql) - entries != (long) many * options.rounds()) {
            throw new IllegalStateException("not every case has its entry in the log");
        }
        double rate = Stopwatch.median(rates);
        report.write(
                "C2",
                "Reassigning many cases",
                List.of(new Line(
                        Report.number(many) + " cases from one worker to another, chosen, checked, logged one by one",
                        Report.perSecond(rate),
                        "",
                        "",
                        "≥ 5,000/s",
                        rate >= 5000 ? "yes" : "**no**")),
                List.of(
                        filled,
                        "From the choice to the last commit, in transactions of 1,000; cases that a procedure follows are"
                                + " changed one by one instead, and there are none among these."));
    }

    private static long count(JdbcTemplate sql) {
        Long found =
                sql.queryForObject("select count(*) from activity where jsonb_exists(details, 'bulk')", Long.class);
        return found == null ? 0 : found;
    }

    /** Makes the cases, their people and their log in the database itself. */
    private record Generator(JdbcTemplate sql, int size) {

        String fill() {
            Long there = sql.queryForObject("select count(*) from case_file", Long.class);
            String made = "made by an earlier run";
            if (there == null || there < size) {
                long start = System.nanoTime();
                Benchmarks.say("Making " + size + " cases");
                generate();
                long seconds = Math.round((System.nanoTime() - start) / 1e9);
                made = "made in " + seconds + " s (goal: 300 s), indexes and statistics included";
                Benchmarks.say("Made in " + seconds + " s");
            }
            return String.format(
                    Locale.ENGLISH,
                    "%,d cases in 20 projects (%,d in the largest), %,d log entries, %,d profiles, %,d people; %s",
                    number("select count(*) from case_file"),
                    number("select count(*) from case_file c join project p on p.id = c.project_id and p.key = 'p-1'"),
                    number("select count(*) from activity"),
                    number("select count(*) from profile"),
                    number("select count(*) from account"),
                    made);
        }

        private long number(String query) {
            Long found = sql.queryForObject(query, Long.class);
            return found == null ? 0 : found;
        }

        private void generate() {
            people();
            List<String> indexes =
                    dropIndexes("case_file", "profile", "activity", "contact_point", "case_flag", "case_attribute");
            sql.execute("set maintenance_work_mem = '512MB'");
            sql.execute("set session_replication_role = replica"); // texts are written ready, so no trigger need run
            sequencesGoOn();
            profiles();
            files();
            parts();
            log();
            counted();
            sql.execute("set session_replication_role = origin");
            indexes.forEach(sql::execute);
            sql.execute("vacuum analyze");
            sql.execute("checkpoint");
        }

        /** The copies of other measurements in the same run brought ids of their own. */
        private void sequencesGoOn() {
            for (String table : List.of("profile", "contact_point", "case_file", "case_flag", "activity")) {
                sql.execute(
                        "select setval(pg_get_serial_sequence('%1$s', 'id'), (select coalesce(max(id), 0) + 1 from %1$s))"
                                .formatted(table));
            }
        }

        private List<String> dropIndexes(String... tables) {
            List<String> made = new ArrayList<>();
            for (String table : tables) {
                sql.query(
                        """
                        select i.indexname, i.indexdef from pg_indexes i
                         where i.schemaname = 'public' and i.tablename = ?
                           and not exists (select from pg_constraint c where c.conname = i.indexname)
                        """,
                        row -> {
                            made.add(row.getString("indexdef"));
                            made.add(row.getString("indexname"));
                        },
                        table);
            }
            List<String> definitions = new ArrayList<>();
            for (int each = 0; each < made.size(); each += 2) {
                definitions.add(made.get(each));
                sql.execute("drop index " + made.get(each + 1));
            }
            return definitions;
        }

        private void people() {
            sql.update("""
                    insert into account (sign_in_name, name, active, created_at)
                    select 'bench' || n, 'Worker ' || chr(65 + n % 26) || ' ' || n, true, now() from generate_series(1, 300) n
                    on conflict do nothing
                    """);
            // Fifteen people work in each of twenty projects.
            sql.update("""
                    insert into membership (account_id, project_id, role, created_at)
                    select a.id, p.id, 'caseworker', now()
                      from (select id, row_number() over (order by id) as n from account where sign_in_name like 'bench%') a
                      join project p on p.key = 'p-' || (1 + (a.n % 20)) on conflict do nothing
                    """);
        }

        private void profiles() {
            sql.update("""
                    insert into profile (network_id, anonymous, given_name, family_name, languages, search_name, created_at)
                    select (select min(id) from network), false, g, f, array['en'], lower(g || ' ' || f), now()
                      from generate_series(1::bigint, %d) n
                      cross join lateral (select
                          (array['Ana','Maria','Marco','Luis','Dana','Omar','Lena','Paul','Ruth','Imran','Marta','Sofia','Diego',
                                 'Elena','Giulia','Pedro','Carla','Hugo','Nadia','Tariq','Zorabelle'])
                              [case when n %% 5003 = 0 then 21 else 1 + (n * 7919) %% 20 end]
                              || case when n %% 3 = 0 then ' ' || chr((65 + (n / 3) %% 26)::int) || substr(md5(n::text), 1, 4) else '' end as g,
                          (array['Lopez','Rossi','Smith','Tremblay','Chen','Ortega','Whitfield','Bianchi','Quispe','Mamani','Sheikh',
                                 'Ferrero','Nunez','Martin','Adeyemi','Bouchard'])[1 + (n * 104729) %% 16]
                              || substr(md5((n * 31)::text), 1, 3) as f) names
                    """.formatted(size));
            sql.update("""
                    insert into contact_point (profile_id, kind, value, display, main, safe)
                    select id, 'phone', '+1905' || lpad((id %% 10000000)::text, 7, '0'), '905', true, true from profile
                     where id > (select max(id) - %d from profile)
                    """.formatted(size));
        }

        /** Two in five in the first project; two in three are closed; waiting, pending and group service are few. */
        private void files() {
            sql.update("""
                    insert into case_file (code, project_id, profile_id, status, status_id, service_mode, assignee, assigned_at,
                                           waiting_since, closed_at, closing_reason, source_kind, opened_at, search_text,
                                           client_sort)
                    select d.code, p.id, f.id, d.status, s.id, case when n %% 10 = 3 then 'group' else 'individual' end,
                           d.assignee, case when d.assignee is not null then d.opened end,
                           case when d.status = 'waiting-for-capacity' then d.opened end,
                           case when d.status = 'closed' then d.opened + interval '60 days' end,
                           case when d.status = 'closed' then
                               (array['no-contact','withdrawn','transferred','declined'])[1 + n %% 4] end,
                           'self', d.opened, ' ' || lower(d.code) || ' ' || f.search_name, f.search_name
                      from (select id, search_name, row_number() over (order by id) as n from profile
                             order by id desc limit %d) f
                      cross join lateral (select 1 + case when n %% 5 < 2 then 0 else 1 + n %% 19 end as project) w
                      join project p on p.key = 'p-' || w.project
                      cross join lateral (
                          select p.code_prefix || '-' || (2022 + (n * 5 / %d)) || '-' || lpad(n::text, 7, '0') as code,
                                 timestamptz '2022-01-01' + (n::float8 / %d) * interval '1780 days' as opened,
                                 case when n * 3 < %d * 2 or n %% 7 = 0 then 'closed' when n %% 50 = 1 then 'waiting-for-capacity'
                                      when n %% 40 = 2 then 'pending' when n %% 6 = 0 then 'new'
                                      when n %% 6 < 3 then 'assigned' else 'in-progress' end as status) x
                      cross join lateral (
                          select x.code, x.opened, x.status,
                                 case when x.status <> 'new' then
                                      (select a.id from account a
                                        where a.sign_in_name = 'bench' || (((n * 13) %% 15) * 20 + (w.project + 18) %% 20 + 1)) end as assignee) d
                      join project_status s on s.project_id = p.id and s.key = d.status
                    """.formatted(size, size, size, size));
        }

        private void parts() {
            sql.update("""
                    insert into case_flag (case_id, kind, raised_at)
                    select id, case when id % 2000 = 0 then 'housing' when id % 40 = 0 then 'safeguarding' else 'interpreter' end, opened_at
                      from case_file where id % 20 = 0
                    """);
            sql.update("""
                    update case_file c set flag_codes = array[f.kind] from case_flag f where f.case_id = c.id
                    """);
            sql.update("""
                    insert into attribute (project_id, key, kind, name_en, name_es, name_it, system, position)
                    select p.id, k.key, k.kind, k.key, k.key, k.key, k.system, 1 from project p,
                           (values ('programme', 'choice', ''), ('children', 'number', ''), ('registry', 'external-id', 'Registry'))
                               as k(key, kind, system) where p.key = 'p-1' on conflict do nothing
                    """);
            sql.update("""
                    insert into attribute_choice (attribute_id, key, name_en, name_es, name_it, position)
                    select a.id, k, k, k, k, 1 from attribute a, unnest(array['a', 'b', 'c', 'd']) k where a.key = 'programme'
                    on conflict do nothing
                    """);
            sql.update("""
                    insert into case_attribute (case_id, attribute_id, kind, value_text, value_number)
                    select c.id, a.id, a.kind,
                           case a.kind when 'choice' then (array['a', 'b', 'c', 'd'])[1 + c.id % 4]
                                       when 'external-id' then 'R-' || c.id end,
                           case a.kind when 'number' then c.id % 9 end
                      from case_file c join attribute a on a.project_id = c.project_id
                     where c.id % 3 > 0 on conflict do nothing
                    """);
        }

        private void counted() {
            sql.update("delete from case_tally");
            sql.update("""
                    insert into case_tally (project_id, closed, assigned, cases)
                    select project_id, status = 'closed', assignee is not null, count(*) from case_file group by 1, 2, 3
                    """);
        }

        private void log() {
            sql.update("""
                    insert into activity (at, action, project_id, case_code, subject, subject_id, by_account, details)
                    select c.opened_at + e * interval '3 days', (array['case.opened', 'case.assigned', 'case.admitted', 'letter.sent',
                           'case.closed'])[e], c.project_id, c.code, 'case', c.code, c.assignee, '{}'
                      from case_file c cross join generate_series(1, 5) e
                    """);
        }
    }
}
