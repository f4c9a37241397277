package org.ancora.network.admin;

import org.ancora.access.Permission;

/**
 * One page of a project's administration, declared as a bean by the module whose page it is:
 *
 * <pre>{@code
 * @Bean
 * AdminSection flagKinds() {
 *     return new AdminSection(140, "marks.admin.flags", "flags", "flag", Permission.MANAGE_PROJECT);
 * }
 * }</pre>
 *
 * <p>Its controller answers {@code /admin/projects/{key}/flags} and begins with {@link AdminPages#open}; its template takes
 * head and menu from {@code admin/parts}.
 *
 * @param order place in the menu, ascending: below 100 the project itself, 100 to 199 its cases, 200 to 299 its people, from
 *     300 its procedures; a line is drawn between these groups
 * @param titleKey message key of its name; {@code <titleKey>.hint} says in one sentence what one does there
 * @param path its address below {@code /admin/projects/{key}/}, one word without slashes
 * @param icon name of a Tabler icon, without prefix
 * @param permission what the person must hold for the project to see and use it
 */
public record AdminSection(int order, String titleKey, String path, String icon, Permission permission) {

    /** Returns the key of the sentence that says what one does there. */
    public String hintKey() {
        return titleKey + ".hint";
    }

    int group() {
        return order / 100;
    }
}
