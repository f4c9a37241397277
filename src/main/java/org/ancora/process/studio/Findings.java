package org.ancora.process.studio;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ModelCheck;
import org.ancora.process.model.ProcessFolder;
import org.springframework.stereotype.Component;

/** What the model check says of a folder's files; the same files are checked once, since they are shown often. */
@Component
public class Findings {

    private static final int KEPT = 300;

    private final ModelCheck check;

    private final Map<String, List<Finding>> known = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Finding>> eldest) {
            return size() > KEPT;
        }
    };

    Findings(ModelCheck check) {
        this.check = check;
    }

    /** What is wrong with these files, in the order of the files. */
    public List<Finding> of(ProcessFolder folder) {
        return of(folder.name() + " " + folder.hash(), folder);
    }

    /** The same files as they would be deployed: written anew, whatever tool wrote them. */
    ProcessFolder asDeployed(ProcessFolder folder) {
        return new ProcessFolder(folder.name(), check.check(folder).files());
    }

    private List<Finding> of(String key, ProcessFolder folder) {
        synchronized (known) {
            List<Finding> found = known.get(key);
            if (found != null) {
                return found;
            }
        }
        List<Finding> found = check.check(folder).findings();
        synchronized (known) {
            known.put(key, found);
        }
        return found;
    }
}
