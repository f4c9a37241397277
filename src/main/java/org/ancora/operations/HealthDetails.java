package org.ancora.operations;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ancora.access.Role;
import org.ancora.access.Viewers;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.stereotype.Component;

/** Tells everybody whether Ancora is well, and administrators what is not. Roles are ours, so the question is too. */
@Component
class HealthDetails implements HealthEndpointGroupsPostProcessor {

    private final ObjectProvider<Viewers> viewers;

    HealthDetails(ObjectProvider<Viewers> viewers) {
        this.viewers = viewers;
    }

    @Override
    public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
        Map<String, HealthEndpointGroup> named = new LinkedHashMap<>();
        for (String name : groups.getNames()) {
            HealthEndpointGroup group = groups.get(name);
            if (group != null) {
                named.put(name, new ForAdministrators(group));
            }
        }
        return HealthEndpointGroups.of(new ForAdministrators(groups.getPrimary()), named);
    }

    private boolean isAdministrator() {
        return viewers.getObject()
                .current()
                .filter(viewer -> viewer.hasRole(Role.ADMIN))
                .isPresent();
    }

    private final class ForAdministrators implements HealthEndpointGroup {

        private final HealthEndpointGroup group;

        ForAdministrators(HealthEndpointGroup group) {
            this.group = group;
        }

        @Override
        public boolean showComponents(SecurityContext whoever) {
            return isAdministrator();
        }

        @Override
        public boolean showDetails(SecurityContext whoever) {
            return isAdministrator();
        }

        @Override
        public boolean isMember(String name) {
            return group.isMember(name);
        }

        @Override
        public StatusAggregator getStatusAggregator() {
            return group.getStatusAggregator();
        }

        @Override
        public HttpCodeStatusMapper getHttpCodeStatusMapper() {
            return group.getHttpCodeStatusMapper();
        }

        @Override
        public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
            return group.getAdditionalPath();
        }
    }
}
