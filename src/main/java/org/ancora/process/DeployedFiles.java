package org.ancora.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ancora.access.OncePerPage;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.repository.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The files of deployed folders: forms by the version a task was opened with, letters by the newest version. */
@Service
public class DeployedFiles {

    private final RepositoryService repository;
    private final JdbcClient jdbc;
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
    private final Map<String, String> deployments = new ConcurrentHashMap<>();

    DeployedFiles(RepositoryService repository, JdbcClient jdbc) {
        this.repository = repository;
        this.jdbc = jdbc;
    }

    /**
     * A file of the newest deployment of a folder.
     *
     * @param folder the folder's name under {@code processes/}, such as {@code engagement}
     * @param name the file's path in it, such as {@code letters/no-contact.en.html}
     */
    @Transactional(readOnly = true)
    public Optional<byte[]> read(String folder, String name) {
        return OncePerPage.read("process.newest " + folder, () -> newest(folder))
                .flatMap(deployment -> readFrom(deployment, name));
    }

    /** The files of the newest deployment of a folder, by path, in alphabetical order. */
    @Transactional(readOnly = true)
    public List<String> names(String folder) {
        return newest(folder)
                .map(deployment -> repository.getDeploymentResourceNames(deployment).stream()
                        .sorted()
                        .toList())
                .orElse(List.of());
    }

    /**
     * The JSON of the form that was deployed together with a diagram.
     *
     * @param processDefinition the engine's definition id of the task's diagram
     * @param form the form's id, which is also its file's name
     */
    @Transactional(readOnly = true)
    public Optional<byte[]> form(String processDefinition, String form) {
        String deployment = repository.getProcessDefinition(processDefinition).getDeploymentId();
        return readFrom(deployment, "forms/" + form + ".form");
    }

    /** As {@link #form}, but empty where the diagram was taken away. */
    @Transactional(readOnly = true)
    public Optional<byte[]> findForm(String processDefinition, String form) {
        @Nullable String deployment = deployments.computeIfAbsent(processDefinition, this::deploymentOf);
        return deployment == null ? Optional.empty() : readFrom(deployment, "forms/" + form + ".form");
    }

    private @Nullable String deploymentOf(String processDefinition) {
        @Nullable
        ProcessDefinition found = repository
                .createProcessDefinitionQuery()
                .processDefinitionId(processDefinition)
                .singleResult();
        return found == null ? null : found.getDeploymentId();
    }

    private Optional<String> newest(String folder) {
        return jdbc.sql("select engine_id from deployment where folder = :folder order by id desc limit 1")
                .param("folder", folder)
                .query(String.class)
                .optional();
    }

    /** What is deployed never changes, so a file is read from the database once. */
    private Optional<byte[]> readFrom(String deployment, String name) {
        Optional<byte[]> known = Optional.ofNullable(kept.get(deployment + "/" + name));
        if (known.isPresent()) {
            return known;
        }
        Optional<byte[]> found = select(deployment, name);
        found.ifPresent(content -> kept.put(deployment + "/" + name, content));
        return found;
    }

    private Optional<byte[]> select(String deployment, String name) {
        @Nullable
        Resource resource = repository.getDeploymentResources(deployment).stream()
                .filter(found -> found.getName().equals(name))
                .findFirst()
                .orElse(null);
        if (resource == null) {
            return Optional.empty();
        }
        try (InputStream stream = repository.getResourceAsStreamById(deployment, resource.getId())) {
            return Optional.of(stream.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
