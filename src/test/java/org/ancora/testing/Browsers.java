package org.ancora.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Chromium of browser tests: the first of {@code CHROME_BIN}, an installed one, the npm package the front end's
 * development dependencies bring, Playwright's own download. No browser at all fails the test, it never skips.
 */
public final class Browsers {

    private static final Logger log = LoggerFactory.getLogger(Browsers.class);
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-dev-shm-usage");

    private Browsers() {}

    /** @return a headless Chromium; the caller closes it together with its Playwright */
    public static Browser launch(Playwright playwright) {
        BrowserType.LaunchOptions options =
                new BrowserType.LaunchOptions().setHeadless(true).setArgs(FLAGS);
        executable().ifPresent(options::setExecutablePath);
        return playwright.chromium().launch(options);
    }

    /** @return a Playwright that does not try to fetch browsers when one is found on this machine */
    public static Playwright playwright() {
        return executable().isPresent()
                ? Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))
                : Playwright.create();
    }

    private static Optional<Path> executable() {
        return Holder.EXECUTABLE;
    }

    private static final class Holder {
        static final Optional<Path> EXECUTABLE = find();

        private static Optional<Path> find() {
            Optional<Path> found = fromEnvironment().or(Holder::installed).or(Holder::fromPackage);
            log.info("Browser tests run in {}", found.map(Path::toString).orElse("Playwright's own Chromium"));
            return found;
        }

        private static Optional<Path> fromEnvironment() {
            return Optional.ofNullable(System.getenv("CHROME_BIN"))
                    .map(Path::of)
                    .filter(Files::isExecutable);
        }

        private static Optional<Path> installed() {
            return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                    .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome", "chrome")
                            .map(name -> Path.of(folder, name)))
                    .filter(Files::isExecutable)
                    .findFirst();
        }

        private static Optional<Path> fromPackage() {
            Path frontend = Path.of("src/main/frontend");
            if (!Files.isDirectory(frontend.resolve("node_modules/@sparticuz/chromium"))) {
                return Optional.empty();
            }
            try {
                Process node = new ProcessBuilder(
                                "node",
                                "--input-type=module",
                                "-e",
                                "import c from '@sparticuz/chromium'; console.log(await c.executablePath())")
                        .directory(frontend.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                String path = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                return node.waitFor(60, TimeUnit.SECONDS) && !path.isEmpty()
                        ? Optional.of(Path.of(path)).filter(Files::isExecutable)
                        : Optional.empty();
            } catch (IOException failure) {
                return Optional.empty();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }
}
