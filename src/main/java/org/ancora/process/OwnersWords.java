package org.ancora.process;

import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ancora.process.model.OwnLabels;
import org.ancora.time.VirtualClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The words that owners published with a version of their procedures. They win over the words that came with the release:
 * a task keeps those of the version with which it was opened. What another node published is known here within {@value
 * #SECONDS} seconds.
 */
@Component
public class OwnersWords implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(OwnersWords.class);

    /** How often a node asks whether another one has published, in seconds of real time. */
    static final int SECONDS = 2;

    private static final Known NOTHING = new Known(Map.of(), Map.of(), 0);

    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile Known known = NOTHING;
    private @Nullable ScheduledExecutorService thread;

    /** What was asked for and is not there, so that it is not looked for again. */
    private final Map<String, Boolean> missing = new ConcurrentHashMap<>();

    OwnersWords(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The demo and the tests are one node, which knows what it publishes. */
    @EventListener(ApplicationReadyEvent.class)
    synchronized void listen() {
        if (clock instanceof VirtualClock || thread != null) {
            return;
        }
        ScheduledExecutorService listening = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread own = new Thread(task, "owners-words");
            own.setDaemon(true);
            return own;
        });
        var unused = listening.scheduleWithFixedDelay(this::hear, SECONDS, SECONDS, TimeUnit.SECONDS);
        thread = listening;
    }

    @Override
    public synchronized void destroy() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    /** Forgets what it knows once another node has deployed something. */
    void hear() {
        try {
            long deployed = jdbc.sql("select coalesce(max(id), 0) from deployment")
                    .query(Long.class)
                    .single();
            if (deployed != known.deployed()) {
                forget();
            }
        } catch (DataAccessException unreachable) {
            log.debug("Nobody knows whether something was published: {}", unreachable.getMessage());
        }
    }

    /** @param deployed the newest deployment that was seen when it was read */
    private record Known(
            Map<String, Map<String, Map<String, String>>> byDefinition,
            Map<String, Map<String, Map<String, String>>> newest,
            long deployed) {}

    /**
     * Words of one version.
     *
     * @param definition the engine's id of the exact diagram version
     * @param arguments what fills in <code>{0}</code>, <code>{1}</code>, …
     * @return null when the version's owner said nothing in this language
     */
    public @Nullable String of(String definition, String key, Locale language, Object... arguments) {
        Map<String, Map<String, String>> words = known.byDefinition().get(definition);
        if (words == null && missing.putIfAbsent(definition, true) == null) {
            known = read();
            words = known.byDefinition().get(definition);
        }
        return said(words, key, language, arguments);
    }

    /**
     * Words of the newest version of a procedure or table; as {@link #of}.
     *
     * @param process the key of a procedure, or {@code decision.} and that of a table
     */
    public @Nullable String newest(String process, String key, Locale language, Object... arguments) {
        Map<String, Map<String, String>> words = known.newest().get(process);
        if (words == null && missing.putIfAbsent(process, true) == null) {
            known = read();
            words = known.newest().get(process);
        }
        return said(words, key, language, arguments);
    }

    /** Forgets what it knows, because a new version runs; it is read again when it is asked for. */
    public void forget() {
        known = NOTHING;
        missing.clear();
    }

    private static @Nullable String said(
            @Nullable Map<String, Map<String, String>> words, String key, Locale language, Object... arguments) {
        String text = words == null
                ? null
                : words.getOrDefault(language.getLanguage(), Map.of()).get(key);
        return text == null ? null : OwnLabels.filled(text, arguments);
    }

    /** All of them, in one statement: few versions have any, and what is deployed never changes. */
    private Known read() {
        Map<String, Map<String, byte[]>> files = new TreeMap<>();
        Map<String, String> newest = new HashMap<>();
        long[] deployed = {0};
        jdbc.sql("""
                        select p.id_, p.key_, b.name_, b.bytes_, (select max(id) from deployment) as deployed
                          from (select id_, key_, version_, deployment_id_ from act_re_procdef
                                union all
                                select id_, 'decision.' || key_, version_, deployment_id_ from act_re_decision_def) p
                          left join act_ge_bytearray b on b.deployment_id_ = p.deployment_id_ and b.name_ like 'labels/%'
                         order by p.key_, p.version_
                        """).query(row -> {
            String id = row.getString("id_");
            deployed[0] = row.getLong("deployed");
            newest.put(row.getString("key_"), id);
            Map<String, byte[]> of = files.computeIfAbsent(id, any -> new TreeMap<>());
            String name = row.getString("name_");
            if (name != null) {
                of.put(name, row.getBytes("bytes_"));
            }
        });
        Map<String, Map<String, Map<String, String>>> byDefinition = new HashMap<>();
        files.forEach((id, of) -> byDefinition.put(id, OwnLabels.of(of)));
        Map<String, Map<String, Map<String, String>>> byKey = new HashMap<>();
        newest.forEach((key, id) -> byKey.put(key, byDefinition.getOrDefault(id, Map.of())));
        return new Known(byDefinition, byKey, deployed[0]);
    }
}
