package org.ancora.access;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Pages of no module, to knock at. */
@RestController
@RequestMapping("/test-doors")
class Doors {

    @GetMapping("/whoever")
    String whoever(Viewer viewer) {
        return "you are " + viewer.name();
    }

    @GetMapping("/cases/{project}")
    String cases(@PathVariable long project, Viewer viewer) {
        ProjectId asked = new ProjectId(project);
        if (!viewer.projects().contains(asked)) {
            throw new Hidden("project", asked);
        }
        viewer.require(Permission.CLOSE_CASE, asked);
        return "open";
    }

    @PostMapping("/change")
    String change(Viewer viewer) {
        return "changed by " + viewer.name();
    }
}
