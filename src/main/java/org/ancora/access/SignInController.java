package org.ancora.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page where people sign in; Spring Security takes what it sends. */
@Controller
class SignInController {

    private final Viewers viewers;
    private final List<DemoAccounts> demo;

    SignInController(Viewers viewers, ObjectProvider<DemoAccounts> demo) {
        this.viewers = viewers;
        this.demo = demo.orderedStream().toList();
    }

    @GetMapping("/sign-in")
    String show(
            @RequestParam(required = false) @Nullable String refused,
            @RequestParam(required = false) @Nullable String expired,
            @RequestParam(name = "signed-out", required = false) @Nullable String signedOut,
            @RequestParam(name = "password-set", required = false) @Nullable String passwordSet,
            @RequestParam(defaultValue = "0") int wait,
            HttpServletRequest request,
            Model model) {
        if (viewers.current().isPresent()) {
            return "redirect:/";
        }
        model.addAttribute("notice", notice(refused, expired, signedOut, passwordSet, wait));
        model.addAttribute("minutes", (Math.min(Math.max(wait, 0), 86_400) + 59) / 60);
        model.addAttribute("bad", refused != null || wait > 0);
        model.addAttribute("typedName", typedName(request.getSession(false)));
        model.addAttribute("demo", demo);
        return "access/sign-in";
    }

    private static @Nullable String notice(
            @Nullable String refused,
            @Nullable String expired,
            @Nullable String signedOut,
            @Nullable String passwordSet,
            int wait) {
        if (wait > 0) {
            return "access.sign-in.wait";
        }
        if (refused != null) {
            return "access.sign-in.refused";
        }
        if (expired != null) {
            return "access.sign-in.expired";
        }
        if (passwordSet != null) {
            return "access.sign-in.password-set";
        }
        return signedOut == null ? null : "access.sign-in.signed-out";
    }

    private static String typedName(@Nullable HttpSession session) {
        Object typed = session == null ? null : session.getAttribute(SignInAnswers.TYPED_NAME);
        if (session == null || typed == null) {
            return "";
        }
        session.removeAttribute(SignInAnswers.TYPED_NAME);
        return typed.toString();
    }
}
