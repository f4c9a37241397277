package org.ancora.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.ancora.access.OncePerPage;
import org.ancora.access.Theme;
import org.ancora.access.Viewer;
import org.ancora.access.Viewers;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** What the frame of the running request's page shows; templates call it {@code layout}. */
@Component
public class Layout {

    static final String THEME_COOKIE = "theme";

    private static final String BARE = Layout.class.getName() + ".bare";

    /** {@code /p/york/cases} shows a part of what {@code /cases} shows, so it stands under the same entry. */
    private static final String OF_A_PROJECT = "^/p/[^/]+(?=/)";

    /** A phone's bottom bar has this many places; when there are more entries, the last place opens the others. */
    private static final int BOTTOM_PLACES = 5;

    private static final int COUNTED_UP_TO = 99;

    private final HttpServletRequest request;
    private final Viewers viewers;
    private final List<NavigationItem> items;
    private final List<LayoutPart> parts;
    private final ObjectProvider<SearchEntry> search;
    private final long sessionSeconds;

    Layout(
            HttpServletRequest request,
            Viewers viewers,
            ObjectProvider<NavigationItem> items,
            ObjectProvider<LayoutPart> parts,
            ObjectProvider<SearchEntry> search,
            ServerProperties server) {
        this.request = request;
        this.viewers = viewers;
        this.items = items.stream()
                .sorted(Comparator.comparingInt(NavigationItem::order))
                .toList();
        this.parts = parts.stream()
                .sorted(Comparator.comparingInt(LayoutPart::order))
                .toList();
        this.search = search;
        Duration timeout = server.getServlet().getSession().getTimeout();
        this.sessionSeconds = timeout == null ? 0 : timeout.toSeconds();
    }

    /** An entry of the navigation as one page shows it. */
    public record Entry(String path, String key, String icon, int count, boolean current, boolean startsGroup) {

        /** "12", or "99+" beyond what a small badge can hold. */
        public String countWords() {
            return count > COUNTED_UP_TO ? COUNTED_UP_TO + "+" : String.valueOf(count);
        }
    }

    /** A {@link LayoutPart} as one page shows it. */
    public record Part(String template, String name, Map<String, Object> model) {}

    /** From here on the page asks nothing of the database or of other modules: something there may be what broke. */
    static void makeBare(HttpServletRequest request) {
        request.setAttribute(BARE, true);
    }

    static boolean isBare(HttpServletRequest request) {
        return request.getAttribute(BARE) != null;
    }

    /** Whoever is signed in; null for pages before that. */
    public @Nullable Viewer viewer() {
        return isBare(request) ? null : viewers.current().orElse(null);
    }

    /** The layout fragment that suits the reader: {@code page} when signed in, else {@code plain}. */
    public String frame() {
        return viewer() == null ? "plain" : "page";
    }

    /** The entries of the viewer's navigation in their order; none before sign-in. */
    public List<Entry> navigation() {
        Viewer viewer = viewer();
        // The page shows them at its side, in its bottom bar and behind "more".
        return viewer == null ? List.of() : OncePerPage.read("web.navigation " + viewer.id(), () -> navigation(viewer));
    }

    private List<Entry> navigation(Viewer viewer) {
        List<NavigationItem> shown =
                items.stream().filter(item -> item.shownTo().test(viewer)).toList();
        String current = current(shown);
        return Stream.iterate(0, position -> position < shown.size(), position -> position + 1)
                .map(position -> {
                    NavigationItem item = shown.get(position);
                    boolean startsGroup =
                            position > 0 && shown.get(position - 1).group() != item.group();
                    return new Entry(
                            item.path(),
                            item.key(),
                            item.icon(),
                            item.count().applyAsInt(viewer),
                            item.path().equals(current),
                            startsGroup);
                })
                .toList();
    }

    /** The entries of a phone's bottom bar. */
    public List<Entry> bottomEntries() {
        List<Entry> all = navigation();
        return all.size() <= BOTTOM_PLACES ? all : all.subList(0, BOTTOM_PLACES - 1);
    }

    /** The entries that do not fit into the bottom bar. */
    public List<Entry> moreEntries() {
        List<Entry> all = navigation();
        return all.size() <= BOTTOM_PLACES ? List.of() : all.subList(BOTTOM_PLACES - 1, all.size());
    }

    /** The parts that modules show at a place; see {@link LayoutPart.Place}. */
    public List<Part> parts(String place) {
        if (isBare(request)) {
            return List.of();
        }
        Viewer viewer = viewer();
        return parts.stream()
                .filter(part -> part.place().name().equals(place) && part.shownTo(viewer))
                .map(part -> {
                    String[] fragment = part.fragment().split("\\s*::\\s*", 2);
                    return new Part(fragment[0], fragment[1], part.model(viewer));
                })
                .toList();
    }

    /** Where the search of the top bar leads; null when no module offers one. */
    public @Nullable SearchEntry search() {
        return search.getIfAvailable();
    }

    /** The code of the page's language. */
    public String language() {
        return LocaleContextHolder.getLocale().getLanguage();
    }

    /** Codes of the languages to choose from. */
    public List<String> languages() {
        return Languages.ALL.stream().map(Locale::getLanguage).toList();
    }

    /** {@code light}, {@code dark} or {@code auto}, as chosen. */
    public String themeChoice() {
        Viewer viewer = viewer();
        if (viewer != null) {
            return viewer.theme().code();
        }
        Cookie cookie = WebUtils.getCookie(request, THEME_COOKIE);
        return cookie != null && themes().contains(cookie.getValue()) ? cookie.getValue() : Theme.AUTO.code();
    }

    /** What the page starts with; the device decides before the first paint when the choice is {@code auto}. */
    public String theme() {
        return themeChoice().equals(Theme.DARK.code()) ? "dark" : "light";
    }

    /** Codes of the themes to choose from. */
    public List<String> themes() {
        return Stream.of(Theme.values()).map(Theme::code).toList();
    }

    /** One or two letters for the viewer's round badge. */
    public String initials() {
        return initials(Objects.requireNonNull(viewer()).name());
    }

    /** The first letters of a name's first and last words: "Sofia Bouchard" gives "SB". */
    public static String initials(String name) {
        String[] words = name.strip().split("[\\s.]+", -1);
        String first = letter(words[0]);
        return words.length == 1 ? first : first + letter(words[words.length - 1]);
    }

    /** How long a session lives without a request; 0 when it never ends. */
    public long sessionSeconds() {
        return sessionSeconds;
    }

    private static String letter(String word) {
        return word.isEmpty()
                ? ""
                : word.substring(0, word.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT);
    }

    private @Nullable String current(List<NavigationItem> shown) {
        String path = request.getRequestURI()
                .substring(request.getContextPath().length())
                .replaceFirst(OF_A_PROJECT, "");
        return shown.stream()
                .map(NavigationItem::path)
                .filter(candidate ->
                        path.equals(candidate) || (candidate.length() > 1 && path.startsWith(candidate + "/")))
                .max(Comparator.comparingInt(String::length))
                .orElse(null);
    }
}
