package org.ancora.process.migration;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.ancora.process.migration.Place.Kind;

/**
 * How the places of one version of a diagram are found again in another.
 *
 * @param frames of the one version, with the frame of the other that takes its place
 */
record Match(Diagram from, Diagram to, Map<String, String> frames) {

    /** So much alike must two places be for one to be offered in place of the other. */
    private static final double ALIKE = 0.5;

    /** How sure it is where a case goes on. */
    enum Sureness {
        /** The same step is there. */
        SAME,
        /** A step much like it is there; a person confirms it. */
        ALIKE,
        /** Nothing like it is there; a person chooses, or the cases stay behind. */
        NONE
    }

    /** Where the cases at a place go on. */
    record Proposal(Place place, Sureness sureness, Optional<Place> goesOn) {}

    static Match of(Diagram from, Diagram to) {
        Map<String, String> frames = new HashMap<>();
        from.places().values().stream().filter(Match::isFrame).forEach(frame -> frame(frame, from, to, frames)
                .ifPresent(found -> frames.put(frame.id(), found.id())));
        return new Match(from, to, frames);
    }

    private static boolean isFrame(Place place) {
        return place.kind() == Kind.FRAME || place.kind() == Kind.EVENT_FRAME;
    }

    /** The frame of the same name, else the one that holds most of the same places; within the frames found so far. */
    private static Optional<Place> frame(Place frame, Diagram from, Diagram to, Map<String, String> frames) {
        List<Place> possible = to.places().values().stream()
                .filter(other -> other.kind() == frame.kind() && !frames.containsValue(other.id()))
                .filter(other -> isWithin(frame, other, frames))
                .toList();
        return possible.stream()
                .filter(other -> other.id().equals(frame.id()))
                .findFirst()
                .or(() -> possible.stream()
                        .filter(other -> from.find(other.id()).isEmpty())
                        .filter(other -> 2 * shared(frame, other, from, to)
                                >= inside(frame, from).count())
                        .findFirst());
    }

    private static long shared(Place frame, Place other, Diagram from, Diagram to) {
        List<String> there = inside(other, to).map(Place::id).toList();
        return inside(frame, from).map(Place::id).filter(there::contains).count();
    }

    private static Stream<Place> inside(Place frame, Diagram diagram) {
        return diagram.places().values().stream().filter(place -> place.frames().contains(frame.id()));
    }

    /** The engine moves a case only within the frames that are still there. */
    private static boolean isWithin(Place place, Place other, Map<String, String> frames) {
        for (int frame = place.frames().size() - 1; frame >= 0; frame--) {
            String found = frames.get(place.frames().get(frame));
            if (found != null) {
                return other.frames().contains(found);
            }
        }
        return true;
    }

    /** Where a case that stands at this place could go on, in the order of the file. */
    List<Place> possible(Place place) {
        return to.places().values().stream()
                .filter(other -> place.fits(other) && isWithin(place, other, frames))
                .toList();
    }

    /** Where the cases at each place go on, unless somebody chooses otherwise. */
    List<Proposal> proposals() {
        return from.waits().stream().map(this::proposal).toList();
    }

    private Proposal proposal(Place place) {
        List<Place> possible = possible(place);
        Optional<Place> same =
                possible.stream().filter(other -> other.id().equals(place.id())).findFirst();
        if (same.isPresent()) {
            return new Proposal(place, Sureness.SAME, same);
        }
        Optional<Place> alike = possible.stream()
                .filter(other -> from.find(other.id()).isEmpty())
                .filter(other -> place.likeness(other) >= ALIKE)
                .max((one, other) -> Double.compare(place.likeness(one), place.likeness(other)));
        return new Proposal(place, alike.isPresent() ? Sureness.ALIKE : Sureness.NONE, alike);
    }

    /**
     * Every pair of places that the engine must be told of: frames, the chosen places, and what may happen meanwhile, so that
     * timers that run there run on.
     *
     * @param chosen where the cases at a place go on; places that are left out are not moved
     */
    Map<String, String> pairs(Map<String, String> chosen) {
        Map<String, String> pairs = new TreeMap<>(frames);
        pairs.putAll(chosen);
        Map<String, String> hosts = new LinkedHashMap<>(pairs);
        hosts.forEach((source, target) -> {
            attached(source, target, (place, host) -> host.equals(place.host()), pairs);
            if (from.find(source)
                    .filter(place -> place.kind() == Kind.EVENT_FRAME)
                    .isPresent()) {
                attached(source, target, (place, frame) -> isBeginning(place, frame), pairs);
            }
        });
        return pairs;
    }

    private static boolean isBeginning(Place place, String frame) {
        return frame.equals(place.innermostFrame()) && place.host() == null && !place.waits();
    }

    /** Events of the same name, else the only ones of their kind. */
    private void attached(String source, String target, BiPredicate<Place, String> belongs, Map<String, String> pairs) {
        for (Place event : events(from, source, belongs)) {
            List<Place> there = events(to, target, belongs).stream()
                    .filter(other -> other.kind() == event.kind())
                    .toList();
            boolean only = there.size() == 1
                    && events(from, source, belongs).stream()
                                    .filter(other -> other.kind() == event.kind())
                                    .count()
                            == 1;
            there.stream()
                    .filter(other -> only || other.id().equals(event.id()))
                    .findFirst()
                    .ifPresent(other -> pairs.put(event.id(), other.id()));
        }
    }

    private static List<Place> events(Diagram diagram, String owner, BiPredicate<Place, String> belongs) {
        return diagram.places().values().stream()
                .filter(place -> place.kind() == Kind.TIMER || place.kind() == Kind.MESSAGE)
                .filter(place -> belongs.test(place, owner))
                .toList();
    }
}
