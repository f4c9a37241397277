package org.ancora.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.ModelAndView;

/** Whatever a controller did not foresee, turned into a status and words. */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ErrorAdvice {

    /** Beginnings of SQL states: no connection, too little of something, shutting down or starting. */
    private static final Set<String> AWAY = Set.of("08", "53", "57P");

    private static final String NO_CONNECTION = "08003";

    /** SQL states: could not be put in a row, deadlock. */
    private static final Set<String> IN_THE_WAY = Set.of("40001", "40P01");

    private final ErrorAnswers answers;

    ErrorAdvice(ErrorAnswers answers) {
        this.answers = answers;
    }

    @ExceptionHandler
    @Nullable
    ModelAndView unforeseen(Exception cause, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (cause instanceof AccessDeniedException || cause instanceof AuthenticationException) {
            // Spring Security sends strangers to the sign-in page and others to the error page.
            throw cause;
        }
        if (cause instanceof AsyncRequestNotUsableException || response.isCommitted()) {
            return null;
        }
        Throwable understood = understood(cause);
        return answers.answer(status(understood), understood, request, response);
    }

    /** A connection that broke at the commit: the database may have kept the work or not, and cannot be asked. */
    static Throwable understood(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof TransactionSystemException lost) {
                return new Unsure(lost);
            }
        }
        return cause;
    }

    /** Nobody can tell whether the work was kept. */
    private static final class Unsure extends Problem {

        private static final long serialVersionUID = 1L;

        Unsure(TransactionSystemException lost) {
            super(HttpStatus.SERVICE_UNAVAILABLE, "error.unsure.text");
            initCause(lost);
        }
    }

    static int status(Throwable cause) {
        if (cause instanceof Problem problem) {
            return problem.status().value();
        }
        if (cause instanceof MaxUploadSizeExceededException) {
            return 413;
        }
        if (cause instanceof ErrorResponse response) {
            HttpStatusCode status = response.getStatusCode();
            return status.value();
        }
        if (cause instanceof InvalidParameterException unreadable) {
            return unreadable.getErrorCode();
        }
        if (cause instanceof RequestRejectedException) {
            return 400;
        }
        if (cause instanceof OptimisticLockingFailureException) {
            return 409;
        }
        if (cause instanceof DataAccessResourceFailureException || cause instanceof CannotCreateTransactionException) {
            return 503;
        }
        if (cause instanceof MethodArgumentTypeMismatchException || cause instanceof HttpMessageNotReadableException) {
            return 400;
        }
        ResponseStatus declared = AnnotatedElementUtils.findMergedAnnotation(cause.getClass(), ResponseStatus.class);
        return declared == null ? database(cause) : declared.code().value();
    }

    /** What the database said, however the engine or a library wrapped it: away or full, or two in each other's way. */
    private static int database(Throwable cause) {
        String state = "";
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql) {
                // Only the pool says something without a state: that the connection it gave out is closed.
                state = Objects.requireNonNullElse(sql.getSQLState(), state.isEmpty() ? NO_CONNECTION : state);
            }
        }
        if (AWAY.stream().anyMatch(state::startsWith)) {
            return 503;
        }
        return IN_THE_WAY.contains(state) ? 409 : 500;
    }
}
