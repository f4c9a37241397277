package org.ancora.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.AncoraApplication;
import org.ancora.access.NewUser;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.network.Accent;
import org.ancora.network.Letterhead;
import org.ancora.network.NewProject;
import org.ancora.network.ProjectSettings;
import org.ancora.network.Projects;
import org.ancora.process.JobRunner;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.process.task.BenchDesk;
import org.ancora.time.CalendarSpec;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole product in this process, as it ships, with one caseworker of three of its hundred projects. */
final class Product implements AutoCloseable {

    static final int PROJECTS = 100;
    static final ProcessVariable<Instant> DUE = ProcessVariable.instant("due");
    private static final String PASSWORD = "a caseworker measures nothing";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final ConfigurableApplicationContext context;
    private final List<ProjectId> projects = new ArrayList<>();
    private final UserId worker;
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    Product(Server server) {
        String url = server.isFilled() ? server.url("ancora") : server.create("ancora");
        context = SpringApplication.run(
                AncoraApplication.class,
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=",
                "--ancora.access.secure-cookies=false",
                "--ancora.access.lists-at-once=0",
                "--ancora.mail.to-files=true",
                "--ancora.admin.email=admin@ancora.example",
                "--spring.main.banner-mode=off",
                "--logging.level.root=warn",
                "--server.port=0");
        stopJobs();
        if (server.isFilled()) {
            worker = bean(Users.class).bySignInName("worker").orElseThrow().id();
            for (int number = 1; number <= PROJECTS; number++) {
                projects.add(
                        bean(Projects.class).byKey("p-" + number).orElseThrow().id());
            }
            return;
        }
        for (int number = 1; number <= PROJECTS; number++) {
            projects.add(project(number));
        }
        Users users = bean(Users.class);
        worker = users.create(new NewUser("worker", "Sam Bouchard", null, Locale.ENGLISH, PASSWORD), UserId.SYSTEM);
        projects.subList(0, 3).forEach(project -> users.grant(worker, project, Role.CASEWORKER, UserId.SYSTEM));
        bean(RepositoryService.class)
                .createDeployment()
                .name("bench")
                .addClasspathResource("bench/bench-visit.bpmn")
                .addInputStream("forms/bench-visit.form", Product.class.getResourceAsStream("/bench/bench-visit.form"))
                .deploy();
    }

    private ProjectId project(int number) {
        return bean(Projects.class)
                .create(new NewProject(
                        "Bench",
                        "Bench",
                        "p-" + number,
                        "Project " + number,
                        "B" + (char) ('A' + number / 26) + (char) ('A' + number % 26),
                        Locale.CANADA,
                        Accent.TEAL,
                        "B",
                        CalendarSpec.mondayToFriday(
                                "CA-ON", ZoneId.of("America/Toronto"), LocalTime.of(9, 0), LocalTime.of(17, 0)),
                        new ProjectSettings(
                                20, Set.of(), new Letterhead("Bench", "1", "a@b.example", "Street", "9 to 5"))))
                .id();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    BenchDesk desk() {
        return bean(BenchDesk.class);
    }

    UserId worker() {
        return worker;
    }

    ProjectId project() {
        return projects.get(0);
    }

    /** The SQL array of all projects' ids, in their order. */
    String projectIds() {
        return "array["
                + String.join(",", projects.stream().map(ProjectId::toString).toList()) + "]::bigint[]";
    }

    /** Starts the visit once; everything else is a copy of it. */
    String start() {
        return bean(Processes.class)
                .start(
                        "bench-visit",
                        "TEMPLATE",
                        project(),
                        Variables.of(Processes.WORKER, worker)
                                .and(DUE, Instant.now().plus(3650, ChronoUnit.DAYS)));
    }

    void startJobs() {
        bean(JobRunner.class).start();
    }

    /** Asked of whoever minds them: an executor that is merely shut down is found and started again within a minute. */
    void stopJobs() {
        bean(JobRunner.class).stop();
    }

    void signIn() throws Exception {
        if (get("/tasks").uri().getPath().equals("/tasks") && get("/tasks").statusCode() == 200) {
            return;
        }
        Matcher csrf = CSRF.matcher(get("/sign-in").body());
        if (!csrf.find()) {
            throw new IllegalStateException("the sign-in page has no token");
        }
        HttpResponse<String> answer = browser.send(
                HttpRequest.newBuilder(address("/sign-in"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("name=worker&password="
                                + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8) + "&_csrf="
                                + URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (get("/tasks").statusCode() != 200) {
            throw new IllegalStateException("signing in answered " + answer.statusCode());
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** One whole page, which must be a list with rows. */
    String page(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200 || !answer.body().contains("/tasks/")) {
            throw new IllegalStateException(path + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    private URI address(String path) {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        return URI.create("http://localhost:" + port + path);
    }

    @Override
    public void close() {
        context.close();
    }
}
