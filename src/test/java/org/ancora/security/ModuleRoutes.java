package org.ancora.security;

import java.util.List;
import org.ancora.security.Household.Lived;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one module: what a request of each looks like, and who may send it. {@link RouteTable} finds whatever is a
 * bean of this kind, so a module's routes are a file of their own.
 */
interface ModuleRoutes {

    /** Each route of the module once, in a line of {@link Route}'s words. */
    List<Route> routes();

    /** Adds to the household what the module's routes need to be about; called before each test. */
    default void plant(Lived lived) throws Exception {}

    /**
     * What a placeholder stands for in the addresses and the bodies of this module's routes.
     *
     * @param placeholder its name, such as {@code id}
     * @param route where it stands, such as {@code GET /letters/{id}}
     * @return null for those which mean the same everywhere: see {@link RouteTable}
     */
    default @Nullable Object standsFor(String placeholder, String route, Lived lived) {
        return null;
    }
}
