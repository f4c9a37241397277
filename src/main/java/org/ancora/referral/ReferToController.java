package org.ancora.referral;

import java.util.List;
import java.util.Locale;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Cases;
import org.ancora.referral.directory.Directory;
import org.ancora.referral.directory.ResourceSnapshot;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** "Refer this resource", begun in the directory: for which of one's own open cases (C102). */
@Controller
class ReferToController {

    /** More than anybody works on at a time. */
    private static final int MOST = 100;

    private final Directory directory;
    private final Cases cases;
    private final CaseWords words;

    ReferToController(Directory directory, Cases cases, CaseWords words) {
        this.directory = directory;
        this.cases = cases;
        this.words = words;
    }

    /** A case to refer, with the address at which that is done. */
    record Choice(String client, String code, String path) {}

    @GetMapping("/directory/{id:[0-9]{1,18}}/refer")
    String choose(@PathVariable long id, Viewer viewer, Model model) {
        if (!viewer.mayAnywhere(Permission.MAKE_REFERRALS)) {
            throw new Forbidden(Permission.MAKE_REFERRALS, null);
        }
        ResourceSnapshot resource = directory.snapshot(id, viewer).orElseThrow(() -> new Hidden("resource", id));
        List<Choice> choices = cases.openOwn(directory.projectsOf(id), viewer, MOST).stream()
                .filter(each -> ReferralDesk.mayWrite(each, viewer))
                .map(each -> choice(each, id, viewer.locale()))
                .toList();
        model.addAttribute("resource", Resource.of(resource).title());
        model.addAttribute("back", "/directory/" + id);
        model.addAttribute("choices", choices);
        return "referral/refer";
    }

    private Choice choice(CaseSummary each, long resource, Locale locale) {
        return new Choice(words.client(each, locale), each.code(), each.path() + "/referrals/new?resource=" + resource);
    }
}
