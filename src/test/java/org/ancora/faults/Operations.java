package org.ancora.faults;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a day's people do, drawn from a seed and sent through HTTP; each deed is kept with what the browser saw of it. An
 * answer that never came, or that spoke of a fault, leaves the deed unknown.
 */
final class Operations {

    /** What the browser saw. */
    enum Seen {
        ACKNOWLEDGED,
        REFUSED,
        UNKNOWN
    }

    /**
     * One thing that somebody did.
     *
     * @param kind such as {@code intake} or {@code complete}
     * @param key the request's own: a request key, a task's id, a case's code
     * @param form the form of a completed task, or empty
     * @param by the account
     * @param rows how many attempts the answers record
     * @param result where the answer led
     */
    record Deed(String kind, String key, String form, long by, int rows, Seen seen, int status, String result) {}

    private record Open(String id, String form, String element, String caseCode, Long assignee) {}

    private final Town town;
    private final JdbcClient jdbc;
    private final Supplier<List<Node>> nodes;
    private final Queue<Deed> deeds = new ConcurrentLinkedQueue<>();
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicInteger replays = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ZoneId zone = ZoneId.of("America/Toronto");

    Operations(Town town, JdbcClient jdbc, Supplier<List<Node>> nodes) {
        this.town = town;
        this.jdbc = jdbc;
        this.nodes = nodes;
    }

    List<Deed> deeds() {
        return List.copyOf(deeds);
    }

    /** How often an unknown deed was done again, as people press again. */
    int replays() {
        return replays.get();
    }

    long count(Seen seen) {
        return deeds.stream().filter(deed -> deed.seen() == seen).count();
    }

    /** Waits until people have done so much more, or half a minute. */
    void awaitSome(int more) throws InterruptedException {
        int until = deeds.size() + more;
        for (int tenths = 0; deeds.size() < until && tenths < 300; tenths++) {
            Thread.sleep(100);
        }
    }

    /** Waits until so much more was done and acknowledged. */
    void awaitAcknowledged(int more, Duration limit) throws InterruptedException {
        long enough = count(Seen.ACKNOWLEDGED) + more;
        long until = System.nanoTime() + limit.toNanos();
        while (count(Seen.ACKNOWLEDGED) < enough) {
            if (System.nanoTime() > until) {
                throw new AssertionError("Nothing gets done any more: " + deeds.size() + " deeds, "
                        + count(Seen.ACKNOWLEDGED) + " acknowledged");
            }
            Thread.sleep(50);
        }
    }

    void stop() {
        stopped.set(true);
    }

    /** Begins so many people's work, each with a seed of their own. */
    List<Thread> begin(long seed, int people) {
        stopped.set(false);
        return java.util.stream.IntStream.range(0, people)
                .mapToObj(number -> {
                    Thread thread = new Thread(() -> work(new Random(seed * 1_000 + number)), "person-" + number);
                    thread.setDaemon(true);
                    thread.start();
                    return thread;
                })
                .toList();
    }

    private void work(Random random) {
        while (!stopped.get()) {
            try {
                one(random);
            } catch (InterruptedException interrupted) {
                return;
            } catch (RuntimeException databaseIsAway) {
                pause();
            }
        }
    }

    /** One deed, whatever the seed says. */
    void one(Random random) throws InterruptedException {
        int draw = random.nextInt(100);
        if (draw < 18) {
            register(random);
        } else if (draw < 76) {
            finishSomeTask(random);
        } else if (draw < 82) {
            claimOrRelease(random);
        } else if (draw < 86) {
            news(random, "in-touch");
        } else if (draw < 90) {
            news(random, "source-answered");
        } else if (draw < 92) {
            closeByHand(random);
        } else if (draw < 95) {
            flag(random);
        } else if (draw < 98) {
            passTime(random);
        } else {
            look(random);
        }
    }

    /** Registers an intake and returns its case, if the answer named it. */
    Optional<String> register(Random random) throws InterruptedException {
        String key = UUID.nameUUIDFromBytes(new byte[] {
                    (byte) random.nextInt(), (byte) random.nextInt(), (byte) random.nextInt(), (byte) random.nextInt(),
                    (byte) random.nextInt(), (byte) random.nextInt(), (byte) random.nextInt(), (byte) random.nextInt()
                })
                .toString();
        Map<String, String> form = intake(key, clients.incrementAndGet());
        Deed deed = twice("intake", key, "", town.reception(), 0, random, node -> town.reception()
                .post(node, "/p/york/intakes/new", form));
        return deed.seen() == Seen.ACKNOWLEDGED
                ? Optional.of(deed.result().replaceFirst(".*/cases/", ""))
                : Optional.empty();
    }

    private void finishSomeTask(Random random) throws InterruptedException {
        List<Open> open = open();
        if (open.isEmpty()) {
            register(random);
            return;
        }
        finish(open.get(random.nextInt(open.size())), random);
    }

    /** Finishes the open task of this element on a case, as whoever it falls to. */
    Deed finish(String caseCode, String element, Random random) throws InterruptedException {
        Open task = open().stream()
                .filter(each ->
                        each.caseCode().equals(caseCode) && each.element().equals(element))
                .findFirst()
                .orElseThrow(() -> new AssertionError(caseCode + " has no open task " + element));
        return finish(task, random);
    }

    /** Records a round in which nobody answered and the client is written to. */
    Deed writeToClient(String caseCode) throws InterruptedException {
        return record(
                caseCode,
                Map.of("mainOutcome", "no-answer", "furtherChannel", "email", "furtherSending", "send", "when", now()));
    }

    /** Finishes the round of a case with these answers, as its caseworker. */
    Deed record(String caseCode, Map<String, Object> answers) throws InterruptedException {
        Open task = task(caseCode, "record-round");
        Person person = whose(task, new Random(0));
        return once(
                "complete",
                task.id(),
                task.form(),
                person,
                rows(task.form(), answers),
                new Random(0),
                node -> person.complete(node, task.id(), answers));
    }

    /** Hands in these answers once, whatever comes of it. */
    Deed complete(Node node, Person person, String task, Map<String, ?> answers) throws InterruptedException {
        return once(
                "complete",
                task,
                "",
                person,
                0,
                new Random(0),
                List.of(node),
                asked -> person.complete(asked, task, answers));
    }

    /** The id of the open task of this element on a case. */
    String taskOf(String caseCode, String element) {
        return task(caseCode, element).id();
    }

    private Open task(String caseCode, String element) {
        return open().stream()
                .filter(each ->
                        each.caseCode().equals(caseCode) && each.element().equals(element))
                .findFirst()
                .orElseThrow(() -> new AssertionError(caseCode + " has no open task " + element));
    }

    private String now() {
        return LocalDateTime.now(zone).truncatedTo(ChronoUnit.MINUTES).toString();
    }

    private Deed finish(Open task, Random random) throws InterruptedException {
        Person person = whose(task, random);
        Map<String, Object> answers = answers(task, random);
        int rows = rows(task.form(), answers);
        return twice(
                "complete",
                task.id(),
                task.form(),
                person,
                rows,
                random,
                node -> person.complete(node, task.id(), answers));
    }

    private void claimOrRelease(Random random) throws InterruptedException {
        List<Open> open = open();
        if (open.isEmpty()) {
            return;
        }
        Open task = open.get(random.nextInt(open.size()));
        Person person = whose(task, random);
        String what = task.assignee() == null ? "claim" : "release";
        once(
                what,
                task.id(),
                task.form(),
                person,
                0,
                random,
                node -> person.post(node, "/tasks/" + task.id() + "/" + what, Map.of()));
    }

    private void news(Random random, String page) throws InterruptedException {
        Optional<String> code = someCase(random);
        if (code.isPresent()) {
            Person person = town.workers().get(random.nextInt(3));
            LocalDateTime now = LocalDateTime.now(zone).truncatedTo(ChronoUnit.MINUTES);
            Map<String, String> form = Map.of(
                    "channel",
                    "phone",
                    "day",
                    now.toLocalDate().toString(),
                    "hour",
                    now.toLocalTime().toString());
            once(
                    page,
                    code.get(),
                    "",
                    person,
                    1,
                    random,
                    node -> person.post(node, "/cases/" + code.get() + "/" + page, form));
        }
    }

    private void closeByHand(Random random) throws InterruptedException {
        Optional<String> code = someCase(random);
        if (code.isPresent()) {
            once("close", code.get(), "", town.supervisor(), 0, random, node -> town.supervisor()
                    .post(
                            node,
                            "/cases/" + code.get() + "/close",
                            Map.of("reason", "withdrawn", "note", "", "version", version(code.get()))));
        }
    }

    private void flag(Random random) throws InterruptedException {
        Optional<String> code = someCase(random);
        if (code.isPresent()) {
            once("flag", code.get(), "", town.supervisor(), 0, random, node -> town.supervisor()
                    .post(node, "/cases/" + code.get() + "/flags", Map.of("kind", "risk", "note", "")));
        }
    }

    private void look(Random random) throws InterruptedException {
        Person person = town.everybody().get(random.nextInt(6));
        String path = List.of("/tasks", "/p/york/cases", "/notices", "/").get(random.nextInt(4));
        once("look", path, "", person, 0, random, node -> person.get(node, path));
    }

    /** Days go by: some waits that would last days end now. */
    void passTime(Random random) {
        jdbc.sql("""
                        update engine.act_ru_job set duedate_ = now() at time zone 'UTC'
                         where id_ in (select id_ from engine.act_ru_job
                                        where type_ = 'timer' and lock_owner_ is null and retries_ > 0
                                          and duedate_ > now() at time zone 'UTC' and duedate_ < now() + interval '300 days'
                                        order by md5(id_ || :salt) limit 3)
                        """).param("salt", Integer.toString(random.nextInt())).update();
    }

    /** Something asked of a node. */
    interface Asking {
        HttpResponse<String> of(Node node) throws IOException, InterruptedException;
    }

    private Deed once(String kind, String key, String form, Person by, int rows, Random random, Asking asking)
            throws InterruptedException {
        return once(kind, key, form, by, rows, random, nodes.get(), asking);
    }

    private Deed once(
            String kind, String key, String form, Person by, int rows, Random random, List<Node> up, Asking asking)
            throws InterruptedException {
        Node node = up.get(random.nextInt(up.size()));
        Deed deed;
        try {
            HttpResponse<String> answer = asking.of(node);
            deed = new Deed(kind, key, form, by.id(), rows, seen(answer), answer.statusCode(), led(answer));
        } catch (IOException nobodyAnswered) {
            deed = new Deed(kind, key, form, by.id(), rows, Seen.UNKNOWN, 0, "" + nobodyAnswered);
            // Nobody presses on while no page opens at all.
            for (int tenths = 0; tenths < 300 && up.stream().noneMatch(Node::isUp) && !stopped.get(); tenths++) {
                Thread.sleep(100);
            }
        }
        deeds.add(deed);
        return deed;
    }

    /** What people do who saw no answer: they do it again, the very same request, until they are told something. */
    private Deed twice(String kind, String key, String form, Person by, int rows, Random random, Asking asking)
            throws InterruptedException {
        Deed deed = once(kind, key, form, by, rows, random, asking);
        // Some give up and go home, so that what became of their deed is not mended by asking again.
        for (int again = 0; deed.seen() == Seen.UNKNOWN && random.nextInt(3) > 0 && again < 8; again++) {
            replays.incrementAndGet();
            deed = once(kind, key, form, by, rows, random, asking);
        }
        return deed;
    }

    private static Seen seen(HttpResponse<String> answer) {
        int status = answer.statusCode();
        boolean signedOut = led(answer).contains("/sign-in");
        if (status >= 500 || signedOut) {
            return Seen.UNKNOWN;
        }
        return status < 400 ? Seen.ACKNOWLEDGED : Seen.REFUSED;
    }

    private static String led(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseGet(() -> {
            String body = answer.body();
            return body.length() > 300 ? body.substring(0, 300) : body;
        });
    }

    private List<Open> open() {
        return jdbc.sql("""
                        select id, coalesce(form, '') as form, element, coalesce(case_code, '') as case_code, assignee
                          from work_item order by created_at desc, id limit 200
                        """)
                .query((row, number) -> new Open(
                        row.getString("id"),
                        row.getString("form"),
                        row.getString("element"),
                        row.getString("case_code"),
                        row.getObject("assignee", Long.class)))
                .list();
    }

    private Optional<String> someCase(Random random) {
        List<String> running = jdbc.sql("select case_code from engagement_episode where ended_at is null order by id")
                .query(String.class)
                .list();
        return running.isEmpty() ? Optional.empty() : Optional.of(running.get(random.nextInt(running.size())));
    }

    private String version(String code) {
        return jdbc.sql("select version from case_file where code = :code")
                .param("code", code)
                .query(String.class)
                .single();
    }

    private Person whose(Open task, Random random) {
        Long assignee = task.assignee();
        if (assignee != null) {
            return town.everybody().stream()
                    .filter(person -> person.id() == assignee)
                    .findFirst()
                    .orElseThrow();
        }
        return switch (task.form()) {
            case "accept-intake", "assign-caseworker", "await-capacity", "admit", "check-delivery", "confirm-refusal" ->
                town.coordinator();
            case "supervisor-decision", "group-service" -> town.supervisor();
            case "print-and-post" -> town.reception();
            default -> town.workers().get(random.nextInt(3));
        };
    }

    private Map<String, Object> answers(Open task, Random random) {
        String when = LocalDateTime.now(zone).truncatedTo(ChronoUnit.MINUTES).toString();
        return switch (task.form()) {
            case "accept-intake" -> Map.of("decision", "accept");
            case "assign-caseworker" ->
                Map.of(
                        "worker",
                        Long.toString(town.workers().get(random.nextInt(3)).id()));
            case "contact-round" ->
                random.nextInt(10) == 0
                        ? Map.of(
                                "mainOutcome",
                                "spoke",
                                "spokeOutcome",
                                random.nextBoolean() ? "declines" : "wants-service",
                                "when",
                                when)
                        : Map.of(
                                "mainOutcome",
                                "no-answer",
                                "furtherChannel",
                                "email",
                                "furtherSending",
                                "send",
                                "when",
                                when);
            case "call-back" -> Map.of("mainOutcome", "no-answer", "when", when);
            case "family-contact" ->
                Map.of("supportContact", supportContact(task.caseCode()), "familyOutcome", "passed-on", "when", when);
            case "tell-source" -> Map.of("sourceChannel", "email");
            case "source-answer" -> Map.of("answer", "nothing-new", "when", when);
            case "go-on" -> Map.of();
            case "supervisor-decision" -> Map.of("riskLookedAt", true, "decision", "close", "reason", "As talked over");
            case "review-letter" ->
                Map.of("letterLanguage", "en", "letterChannel", random.nextInt(3) == 0 ? "post" : "email");
            case "print-and-post" ->
                Map.of("posting", "posted", "postedOn", LocalDate.now(zone).toString());
            case "confirm-closing" -> Map.of("nothingHeard", true);
            case "admit" ->
                Map.of(
                        "admission",
                        "admitted",
                        "serviceFrom",
                        LocalDate.now(zone).toString(),
                        "contactHow",
                        "phone",
                        "when",
                        when);
            case "documentation" -> Map.of("complete", true);
            case "confirm-refusal" ->
                Map.of("refusal", "confirm", "refusalReason", "help-elsewhere", "doorOpenTold", true);
            case "check-delivery" -> Map.of("delivery", "arrived", "found", "Asked, and it was there");
            default -> Map.of();
        };
    }

    /** How many attempts these answers put on record. */
    private static int rows(String form, Map<String, Object> answers) {
        return switch (form) {
            case "contact-round" -> answers.containsKey("furtherChannel") ? 2 : 1;
            case "call-back", "family-contact", "tell-source", "source-answer" -> 1;
            default -> 0;
        };
    }

    private String supportContact(String caseCode) {
        return jdbc.sql("""
                        select s.id from support_contact s join case_file c on c.profile_id = s.profile_id
                         where c.code = :code order by s.id limit 1
                        """).param("code", caseCode).query(String.class).single();
    }

    private static Map<String, String> intake(String key, int number) {
        Map<String, String> form = new HashMap<>();
        form.put("requestKey", key);
        form.put("givenName", "Client");
        form.put("familyName", "Number " + number);
        form.put("age", "34");
        form.put("language", "en");
        form.put("mainPhone", "905 555 0142");
        // All of them share the telephone, and are told apart by whoever registers them.
        form.put("match", "new");
        form.put("matchReason", "They share the telephone");
        form.put("mainPhoneSafe", "yes");
        form.put("email", "client" + key.substring(0, 13) + "@example.org");
        form.put("emailSafe", "yes");
        form.put("address", "4 Elm Avenue, Newmarket");
        form.put("addressSafe", "yes");
        form.put("consentVoicemail", "yes");
        form.put("consentSms", "not-asked");
        form.put("consentEmail", "yes");
        form.put("consentPost", "yes");
        form.put("consentFamily", "yes");
        form.put("consentBy", "client");
        form.put("supportName", "Ruth W.");
        form.put("supportRelation", "aunt");
        form.put("supportPhone", "905 555 0177");
        form.put("sourceKind", "agency");
        form.put("sourceName", "Maple Street Clinic");
        form.put("sourcePhone", "905 555 0199");
        form.put("sourceEmail", "intake@agency.example");
        form.put("serviceMode", "individual");
        return form;
    }

    private static void pause() {
        try {
            Thread.sleep(150);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
