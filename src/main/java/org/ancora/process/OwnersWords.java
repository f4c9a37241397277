package org.ancora.process;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.ancora.process.model.OwnLabels;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The words that owners published with a version of their procedures. They win over the words that came with the release:
 * a task keeps those of the version with which it was opened.
 */
@Component
public class OwnersWords {

    private final JdbcClient jdbc;
    private volatile Known known = new Known(Map.of(), Map.of());

    /** What was asked for and is not there, so that it is not looked for again. */
    private final Map<String, Boolean> missing = new ConcurrentHashMap<>();

    OwnersWords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Known(
            Map<String, Map<String, Map<String, String>>> byDefinition,
            Map<String, Map<String, Map<String, String>>> newest) {}

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

    /** Words of the newest version of a procedure; as {@link #of}. */
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
        known = new Known(Map.of(), Map.of());
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
        jdbc.sql("""
                        select p.id_, p.key_, b.name_, b.bytes_
                          from act_re_procdef p
                          left join act_ge_bytearray b on b.deployment_id_ = p.deployment_id_ and b.name_ like 'labels/%'
                         order by p.key_, p.version_
                        """).query(row -> {
            String id = row.getString("id_");
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
        return new Known(byDefinition, byKey);
    }
}
