package org.ancora.casework.profile;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.web.LayoutPart;
import org.ancora.web.NavigationItem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** Emergency access in the frame of every page: the way to it, and a banner as long as one is open. */
@Configuration(proxyBeanMethods = false)
class EmergencyFrame {

    @Bean
    NavigationItem emergencyEntry() {
        return new NavigationItem(
                95, "profile.emergency", "/emergency", "urgent", viewer -> !viewer.projects(Permission.BREAK_GLASS)
                        .isEmpty());
    }

    @Bean
    NavigationItem reviewsEntry() {
        return new NavigationItem(150, "profile.reviews", "/reviews", "eye-check", viewer -> !viewer.projects(
                        Permission.REVIEW_BREAK_GLASS)
                .isEmpty());
    }

    /** Which case is open in an emergency, how long still, and the button that ends it. */
    @Component
    static class Banner implements LayoutPart {

        private final Clock clock;

        Banner(Clock clock) {
            this.clock = clock;
        }

        /** One open case. */
        record Open(long id, String code, long minutes) {}

        @Override
        public Place place() {
            return Place.FOOT;
        }

        @Override
        public int order() {
            return -10;
        }

        @Override
        public boolean shownTo(@Nullable Viewer viewer) {
            return viewer != null && !viewer.glasses().isEmpty();
        }

        @Override
        public String fragment() {
            return "casework/profile/parts :: banner";
        }

        /** Costs no statement: what is open was read with the viewer. */
        @Override
        public Map<String, Object> model(@Nullable Viewer viewer) {
            List<Open> open = Objects.requireNonNull(viewer, "shown only to people").glasses().stream()
                    .map(glass -> new Open(
                            glass.id(),
                            glass.caseCode(),
                            Math.max(
                                    1,
                                    Duration.between(clock.instant(), glass.until())
                                            .toMinutes())))
                    .toList();
            return Map.of("open", open);
        }
    }
}
