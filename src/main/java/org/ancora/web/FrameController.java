package org.ancora.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Arrays;
import org.ancora.access.Theme;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.access.Viewers;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** What the frame itself posts: the choice of light or dark, and "stay signed in". */
@Controller
class FrameController {

    private final Viewers viewers;
    private final Users users;

    FrameController(Viewers viewers, Users users) {
        this.viewers = viewers;
        this.users = users;
    }

    @PostMapping("/theme")
    String theme(@RequestParam String theme, HttpServletRequest request, HttpServletResponse response) {
        Theme chosen = Arrays.stream(Theme.values())
                .filter(each -> each.code().equals(theme))
                .findFirst()
                .orElse(Theme.AUTO);
        viewers.current().map(Viewer::id).ifPresent(id -> users.chooseTheme(id, chosen));
        response.addHeader(HttpHeaders.SET_COOKIE, Choices.cookie(Layout.THEME_COOKIE, chosen.code(), request));
        return "redirect:" + back(request);
    }

    /** Any request keeps a session alive; this one does nothing else. */
    @PostMapping("/session")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void stay() {}

    /** The path of the page that posted, and never another site's. */
    private static String back(HttpServletRequest request) {
        String referer = request.getHeader(HttpHeaders.REFERER);
        if (referer == null) {
            return "/";
        }
        try {
            URI page = URI.create(referer);
            String path = page.getRawPath();
            if (path == null || !path.startsWith("/") || path.startsWith("//")) {
                return "/";
            }
            return page.getRawQuery() == null ? path : path + "?" + page.getRawQuery();
        } catch (IllegalArgumentException unreadable) {
            return "/";
        }
    }
}
