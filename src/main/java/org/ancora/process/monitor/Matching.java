package org.ancora.process.monitor;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.springframework.stereotype.Service;

/** All procedures that a list shows on its pages, for whoever wants to do the same to all of them. */
@Service
public class Matching {

    private final Instances instances;
    private final Zones zones;
    private final Definitions definitions;
    private final Clock clock;

    Matching(Instances instances, Zones zones, Definitions definitions, Clock clock) {
        this.instances = instances;
        this.zones = zones;
        this.definitions = definitions;
        this.clock = clock;
    }

    /**
     * The ids of the procedures that match, the youngest first, of those that the viewer may watch.
     *
     * @param typed what was chosen above the list, by the names that it has in the list's address
     * @param most how many at most
     */
    public List<String> ids(Map<String, String> typed, Viewer viewer, int most) {
        if (!viewer.mayAnywhere(Permission.WATCH_PROCEDURES)) {
            return List.of();
        }
        Asked asked = Asked.of(typed).within(viewer);
        Watched watched = new Watched(
                viewer,
                asked,
                definitions.asked(asked.flow(), asked.version()),
                clock.instant(),
                zones.of(viewer, asked));
        return instances.ids(watched, Instances.Wanted.of(typed), most);
    }
}
