package org.ancora;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Ancora: case management whose procedures are diagrams that do the remembering. */
@SpringBootApplication
public class AncoraApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(AncoraApplication.class, arguments);
    }
}
