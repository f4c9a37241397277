package org.ancora.web;

import jakarta.servlet.RequestDispatcher;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * The page for when the error page fails too, as it does when the session cannot be read because the database is away.
 * It takes the place of the web server's own, which speaks English and names a version.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE) // after Spring Boot's, so that this page is asked first
class LastResort implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final ErrorAnswers answers;

    LastResort(ErrorAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        server.addContextCustomizers(context -> {
            StandardHost host = (StandardHost) context.getParent();
            host.setErrorReportValveClass(Page.class.getName());
            host.getPipeline().addValve(new Page(answers));
        });
    }

    private static final class Page extends ErrorReportValve {

        private final ErrorAnswers answers;

        Page(ErrorAnswers answers) {
            this.answers = answers;
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable thrown) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            Object remembered = thrown == null ? request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) : thrown;
            Throwable cause = ErrorPages.cause(remembered);
            int status = response.getStatus();
            if (cause != null && status == 500) {
                cause = ErrorAdvice.understood(cause);
                status = ErrorAdvice.status(cause);
            }
            response.setStatus(status);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
            response.setHeader("X-Content-Type-Options", "nosniff");
            try {
                response.setContentType("text/html;charset=UTF-8");
                response.getReporter().write(answers.plainPage(status, cause, request.getRequest()));
                response.finishResponse();
            } catch (IOException hungUp) {
                container.getLogger().debug("Nobody waits for this answer any more", hungUp);
            }
        }
    }
}
