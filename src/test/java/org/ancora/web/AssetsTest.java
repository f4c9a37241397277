package org.ancora.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@AncoraTest
class AssetsTest {

    @Autowired
    private Assets assets;

    @Autowired
    private MockMvc browser;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.css",
                "app.js",
                "theme.js",
                "task.css",
                "task.js",
                "diagram.css",
                "diagram.js",
                "studio-diagram.js",
                "studio-form.css",
                "icon.svg"
            })
    void findsEachFileByItsPlainNameAndLetsBrowsersKeepIt(String name) throws Exception {
        String path = assets.path(name);

        assertThat(path).matches("/assets/" + name.replace(".", "-[A-Z0-9]{8}\\."));
        browser.perform(get(path))
                .andExpect(status().isOk())
                .andExpect(header().string("Cache-Control", "max-age=31536000, public, immutable"));
    }

    @Test
    void refusesANameThatNobodyBuilds() {
        assertThatThrownBy(() -> assets.path("missing.css")).hasMessageContaining("missing.css");
    }

    @Test
    void stylesReachForNothingOutsideAncora() throws IOException {
        String styles =
                built(assets.path("app.css")) + built(assets.path("task.css")) + built(assets.path("diagram.css"));

        Matcher url = Pattern.compile("url\\(\\s*[\"']?(https?:|//)").matcher(styles);

        assertThat(url.find()).isFalse();
    }

    /** The editors of the studio are large; a phone that shows a task must not load any of them. */
    @ParameterizedTest
    @CsvSource({"app.js, 75", "task.js, 500", "diagram.js, 210"})
    void thePagesOfCaseworkersStayAsLightAsTheyWere(String name, int kibibytes) throws IOException {
        Set<String> loaded = new HashSet<>();
        int size = load(assets.path(name).replace("/assets/", ""), loaded);

        assertThat(size / 1024).as("KiB of %s with its parts", name).isLessThanOrEqualTo(kibibytes);
    }

    private static int load(String file, Set<String> loaded) throws IOException {
        if (!loaded.add(file)) {
            return 0;
        }
        String script = built("/assets/" + file);
        int size = script.getBytes(StandardCharsets.UTF_8).length;
        Matcher part =
                Pattern.compile("(?:from|import)\\s*\"\\./([\\w-]+\\.js)\"").matcher(script);
        while (part.find()) {
            size += load(part.group(1), loaded);
        }
        return size;
    }

    @Test
    void theIconFontHoldsTheIconsThatPagesName() throws IOException {
        String styles = built(assets.path("app.css"));

        assertThat(styles).contains(".ti-anchor:", ".ti-device-laptop:", ".ti-hourglass:");
    }

    @Test
    void theLockFileNamesNoRegistry() throws IOException {
        assertThat(Files.readString(Path.of("src/main/frontend/package-lock.json")))
                .doesNotContain("\"resolved\"");
    }

    private static String built(String path) throws IOException {
        try (InputStream file = Objects.requireNonNull(AssetsTest.class.getResourceAsStream("/static" + path))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
