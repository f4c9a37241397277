package org.ancora.process.studio;

import java.util.HashMap;
import java.util.Map;
import org.ancora.access.Viewer;
import org.ancora.process.deployment.ShippedFolders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is known of each folder besides its versions: how many procedures run, and whether the release has something newer.
 * What stands behind a wall between it and the viewer is not counted.
 */
@Component
@Transactional(readOnly = true)
class Running {

    private final JdbcClient jdbc;
    private final ShippedFolders shipped;

    Running(JdbcClient jdbc, ShippedFolders shipped) {
        this.jdbc = jdbc;
        this.shipped = shipped;
    }

    /** How many procedures run by version; those that another one called count with it. */
    Map<String, Integer> byDeployment(Viewer viewer) {
        Map<String, Integer> counts = new HashMap<>();
        jdbc.sql("""
                        select p.deployment_id_ as deployment, count(*) as instances
                          from act_ru_execution e join act_re_procdef p on p.id_ = e.proc_def_id_
                         where e.id_ = e.root_proc_inst_id_ and coalesce(e.business_key_, '') <> all(:walls)
                         group by p.deployment_id_
                        """).param("walls", viewer.walls().toArray(String[]::new)).query(row -> {
            counts.put(row.getString("deployment"), row.getInt("instances"));
        });
        return counts;
    }

    /** The same by folder. */
    Map<String, Integer> byFolder(Viewer viewer) {
        Map<String, Integer> counts = new HashMap<>();
        jdbc.sql("""
                        select d.folder, count(*) as instances
                          from act_ru_execution e
                          join act_re_procdef p on p.id_ = e.proc_def_id_
                          join deployment d on d.engine_id = p.deployment_id_
                         where e.id_ = e.root_proc_inst_id_ and coalesce(e.business_key_, '') <> all(:walls)
                         group by d.folder
                        """).param("walls", viewer.walls().toArray(String[]::new)).query(row -> {
            counts.put(row.getString("folder"), row.getInt("instances"));
        });
        return counts;
    }

    /** The folders whose owner has not yet published on top of what this release brings. */
    Map<String, Boolean> newerInRelease() {
        Map<String, String> now = shipped.hashes();
        Map<String, Boolean> newer = new HashMap<>();
        jdbc.sql("""
                        select distinct on (d.folder) d.folder, d.origin,
                               coalesce(p.release_hash,
                                        (select s.content_hash from deployment s
                                          where s.folder = d.folder and s.origin = 'seed' order by s.id desc limit 1)) as known
                          from deployment d left join publication p on p.engine_id = d.engine_id
                         order by d.folder, d.id desc
                        """).query(row -> {
            String folder = row.getString("folder");
            String release = now.get(folder);
            boolean owners = !row.getString("origin").equals("seed");
            newer.put(folder, owners && release != null && !release.equals(row.getString("known")));
        });
        return newer;
    }
}
