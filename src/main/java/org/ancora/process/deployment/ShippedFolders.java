package org.ancora.process.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.process.model.ProcessFolder;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The folders that came with this release, read from the class path, each with the forms that its diagrams name. */
@Component
public class ShippedFolders {

    private static final Pattern FORM = Pattern.compile("formRef\\s*=\\s*[\"']([A-Za-z0-9_-]+)[\"']");

    private final PathMatchingResourcePatternResolver files = new PathMatchingResourcePatternResolver();
    private final Map<String, String> hashes = new TreeMap<>();

    /** Every folder, by name. */
    public List<ProcessFolder> all() {
        Map<String, byte[]> forms = forms();
        Map<String, Map<String, byte[]>> folders = new TreeMap<>();
        find("processes").forEach((path, content) -> {
            int slash = path.indexOf('/');
            if (slash > 0) {
                folders.computeIfAbsent(path.substring(0, slash), name -> new TreeMap<>())
                        .put(path.substring(slash + 1), content);
            }
        });
        List<ProcessFolder> all = new ArrayList<>();
        folders.forEach((name, content) -> {
            for (String form : formsNamedIn(content)) {
                byte[] found = forms.get(form + ".form");
                if (found != null) {
                    content.put("forms/" + form + ".form", found);
                }
            }
            all.add(new ProcessFolder(name, content));
        });
        return all;
    }

    /** What tells the files of each folder of this release from any others; they do not change while it runs. */
    public synchronized Map<String, String> hashes() {
        if (hashes.isEmpty()) {
            all().forEach(folder -> hashes.put(folder.name(), folder.hash()));
        }
        return Map.copyOf(hashes);
    }

    /** The ids of all forms that came with this release. */
    public Set<String> formIds() {
        Set<String> ids = new TreeSet<>();
        forms().keySet().forEach(file -> ids.add(file.substring(0, file.length() - ".form".length())));
        return ids;
    }

    private Map<String, byte[]> forms() {
        return find("forms");
    }

    private static Set<String> formsNamedIn(Map<String, byte[]> folder) {
        Set<String> named = new TreeSet<>();
        folder.forEach((path, content) -> {
            if (path.endsWith(".bpmn")) {
                Matcher matcher = FORM.matcher(new String(content, StandardCharsets.UTF_8));
                while (matcher.find()) {
                    named.add(matcher.group(1));
                }
            }
        });
        return named;
    }

    private Map<String, byte[]> find(String top) {
        Map<String, byte[]> found = new TreeMap<>();
        try {
            for (Resource resource : files.getResources("classpath*:" + top + "/**/*.*")) {
                String address = resource.getURL().getPath();
                found.put(
                        address.substring(address.lastIndexOf("/" + top + "/") + top.length() + 2),
                        resource.getContentAsByteArray());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return found;
    }
}
