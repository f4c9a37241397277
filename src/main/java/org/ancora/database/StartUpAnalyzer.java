package org.ancora.database;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;

/** Turns the failures an operator can mend into one sentence instead of a stack trace. */
class StartUpAnalyzer implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartUpRefused refused) {
                return new FailureAnalysis(String.valueOf(refused.getMessage()), null, failure);
            }
            if (cause instanceof PortInUseException port) {
                return new FailureAnalysis(
                        "Port " + port.getPort() + " is already in use: stop what listens there, or start Ancora with"
                                + " another port in the environment variable SERVER_PORT.",
                        null,
                        failure);
            }
        }
        return null;
    }
}
