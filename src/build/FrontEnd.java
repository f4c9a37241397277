import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds the styles and scripts of the pages: run by Maven before compilation, and by nothing else.
 *
 * <p>Does nothing when neither the front end nor the set of icons and classes that pages use has changed. Needs Node 20 or newer;
 * says so in one sentence when it is missing.
 */
class FrontEnd {

    private static final int OLDEST_NODE = 20;
    private static final Pattern WORD = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");

    private final Path project;
    private final Path sources;
    private final Path output;
    private final Path state;

    private FrontEnd(Path project) {
        this.project = project;
        this.sources = project.resolve("src/main/frontend");
        this.output = project.resolve("target/classes/static/assets");
        this.state = project.resolve("target/frontend");
    }

    public static void main(String[] arguments) throws Exception {
        try {
            new FrontEnd(Path.of(arguments[0]).toAbsolutePath()).build();
        } catch (Refusal refusal) {
            System.err.println(refusal.getMessage());
            System.exit(1);
        }
    }

    private void build() throws Exception {
        if (isCurrent()) {
            return;
        }
        requireNode();
        installPackages();
        run("The styles and scripts of the pages could not be built; what is wrong stands above.", "node", "build.mjs",
                output.toString(), state.toString());
        Files.writeString(state.resolve("inputs.sha256"), hashOfInputs());
    }

    private boolean isCurrent() throws Exception {
        Path stamp = state.resolve("inputs.sha256");
        return Files.exists(output.resolve("manifest.properties"))
                && Files.exists(stamp)
                && Files.readString(stamp).equals(hashOfInputs());
    }

    private void requireNode() throws Exception {
        String version;
        try {
            Process node = new ProcessBuilder("node", "--version").redirectErrorStream(true).start();
            version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            node.waitFor();
        } catch (IOException missing) {
            throw new Refusal("Ancora's pages need Node " + OLDEST_NODE
                    + " or newer to be built, and no \"node\" was found: install it and start the build again.");
        }
        Matcher number = Pattern.compile("^v(\\d+)\\.").matcher(version);
        if (!number.find() || Integer.parseInt(number.group(1)) < OLDEST_NODE) {
            throw new Refusal("Ancora's pages need Node " + OLDEST_NODE + " or newer to be built, and \"node\" here is "
                    + version + ": update it and start the build again.");
        }
    }

    /** {@code npm ci} takes half a minute, so it runs only when the lock file is not the one installed last. */
    private void installPackages() throws Exception {
        Path lock = sources.resolve("package-lock.json");
        Path installed = sources.resolve("node_modules/.installed-lock.json");
        if (Files.exists(installed) && Files.mismatch(lock, installed) == -1) {
            return;
        }
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        run("The packages of src/main/frontend/package-lock.json could not be installed; what npm says stands above.",
                windows ? "npm.cmd" : "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline",
                "--loglevel=error");
        Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
    }

    private void run(String whenItFails, String... command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command).directory(sources.toFile()).inheritIO().start();
        } catch (IOException missing) {
            throw new Refusal("The program \"" + command[0] + "\" was not found: it comes with Node " + OLDEST_NODE
                    + " or newer, so install that and start the build again.");
        }
        if (process.waitFor() != 0) {
            throw new Refusal(whenItFails);
        }
    }

    private String hashOfInputs() throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Path file : filesBelow(sources)) {
            digest.update(sources.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
        }
        for (String name : namesInUse()) {
            digest.update((name + '\n').getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The icon font and the styles carry only what some source names; build.mjs reads the same folders the same way. */
    private Set<String> namesInUse() throws IOException {
        Set<String> known = new HashSet<>();
        for (String list : List.of("icon-names.txt", "class-names.txt")) {
            Path names = state.resolve(list);
            if (Files.exists(names)) {
                known.addAll(Files.readAllLines(names));
            }
        }
        Set<String> used = new TreeSet<>();
        for (String folder : List.of("src/main/java", "src/main/resources/templates", "src/test/resources/templates")) {
            for (Path file : filesBelow(project.resolve(folder))) {
                Matcher word = WORD.matcher(Files.readString(file));
                while (word.find()) {
                    for (String name : List.of(word.group(), word.group().replaceFirst("^ti-", ""))) {
                        if (known.contains(name)) {
                            used.add(name);
                        }
                    }
                }
            }
        }
        return used;
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    return visited.endsWith("node_modules") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        files.sort(null);
        return files;
    }

    private static final class Refusal extends Exception {

        private static final long serialVersionUID = 1L;

        private Refusal(String message) {
            super(message);
        }
    }
}
