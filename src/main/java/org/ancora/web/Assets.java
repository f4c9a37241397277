package org.ancora.web;

import java.io.IOException;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.stereotype.Component;

/** Paths of styles and scripts by their plain names; the built files carry a hash of their content, so they may be kept. */
@Component
public class Assets {

    static final String FOLDER = "/assets/";

    private final Properties manifest;

    Assets() throws IOException {
        manifest = PropertiesLoaderUtils.loadProperties(new ClassPathResource("static/assets/manifest.properties"));
    }

    /**
     * The path of one built file.
     *
     * @param name its name in {@code src/main/frontend}, for example {@code app.css}
     * @throws IllegalArgumentException when no such file is built
     */
    public String path(String name) {
        String built = manifest.getProperty(name);
        if (built == null) {
            throw new IllegalArgumentException("No front-end file is called " + name);
        }
        return FOLDER + built;
    }
}
