package org.ancora.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** What went wrong before or after any controller: refused by security, unknown to the server, too large. */
@Controller
class ErrorPages implements ErrorController {

    private final ErrorAnswers answers;

    ErrorPages(ErrorAnswers answers) {
        this.answers = answers;
    }

    @RequestMapping("${server.error.path:/error}")
    ModelAndView error(HttpServletRequest request, HttpServletResponse response) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Throwable cause = cause(request);
        int status = code instanceof Integer known ? known : 404;
        if (cause != null && status == HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            // Filters reach the database too, for the session; what breaks there is worded as it is elsewhere.
            cause = ErrorAdvice.understood(cause);
            status = ErrorAdvice.status(cause);
        }
        return answers.answer(status, cause, request, response);
    }

    private static @Nullable Throwable cause(HttpServletRequest request) {
        return cause(request.getAttribute(RequestDispatcher.ERROR_EXCEPTION));
    }

    /** What the web server holds to have gone wrong, without its wrapping. */
    static @Nullable Throwable cause(@Nullable Object thrown) {
        if (thrown instanceof ServletException wrapped && wrapped.getRootCause() != null) {
            return wrapped.getRootCause();
        }
        return thrown instanceof Throwable cause ? cause : null;
    }
}
