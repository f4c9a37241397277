package org.ancora.process.studio;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ancora.process.RowDoubt;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ModelCheck;
import org.ancora.process.model.ProcessFolder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * What the model check says of a folder's files; the same files are checked once, since they are shown often, until something
 * changes on which a doubt about a table depends.
 */
@Component
public class Findings {

    private static final int KEPT = 300;

    private final ModelCheck check;
    private final List<RowDoubt> doubts;

    private final Map<Key, List<Finding>> known = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<Finding>> eldest) {
            return size() > KEPT;
        }
    };

    /** @param looks what else the findings depend on */
    private record Key(String folder, String hash, List<RowDoubt.Look> looks) {}

    Findings(ModelCheck check, ObjectProvider<RowDoubt> doubts) {
        this.check = check;
        this.doubts = doubts.stream().toList();
    }

    /** What is wrong with these files, in the order of the files. */
    public List<Finding> of(ProcessFolder folder) {
        return of(new Key(folder.name(), folder.hash(), looks(folder)), folder);
    }

    private List<RowDoubt.Look> looks(ProcessFolder folder) {
        return doubts.stream()
                .filter(doubt -> folder.files().containsKey(doubt.decision() + ".dmn"))
                .<RowDoubt.Look>map(doubt -> doubt.look().get())
                .toList();
    }

    /** The same files as they would be deployed: written anew, whatever tool wrote them. */
    ProcessFolder asDeployed(ProcessFolder folder) {
        return new ProcessFolder(folder.name(), check.check(folder).files());
    }

    private List<Finding> of(Key key, ProcessFolder folder) {
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
