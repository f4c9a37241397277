package org.ancora.access;

import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The page behind a set-up link. Looking at it uses nothing up, since mail scanners look at links too. */
@Controller
class SetUpController {

    private final SetUpLinks links;

    SetUpController(SetUpLinks links) {
        this.links = links;
    }

    @GetMapping("/set-up/{secret}")
    ModelAndView show(@PathVariable String secret) {
        return links.owner(secret).map(owner -> page(owner, "", HttpStatus.OK)).orElseGet(SetUpController::spent);
    }

    @PostMapping("/set-up/{secret}")
    ModelAndView set(@PathVariable String secret, @RequestParam String password, @RequestParam String again) {
        Optional<User> owner = links.owner(secret);
        if (owner.isEmpty()) {
            return spent();
        }
        Optional<String> fault = password.equals(again)
                ? PasswordRules.fault(password, owner.get().signInName())
                : Optional.of("access.password.differs");
        if (fault.isPresent()) {
            return page(owner.get(), fault.get(), HttpStatus.BAD_REQUEST);
        }
        return links.use(secret, password) ? new ModelAndView("redirect:/sign-in?password-set") : spent();
    }

    private static ModelAndView page(User owner, String fault, HttpStatus status) {
        ModelAndView page = new ModelAndView("access/set-up", status);
        page.addObject("owner", owner);
        page.addObject("fault", fault);
        page.addObject("shortest", PasswordRules.SHORTEST);
        return page;
    }

    private static ModelAndView spent() {
        return new ModelAndView("access/set-up-spent", HttpStatus.NOT_FOUND);
    }
}
