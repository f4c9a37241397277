/**
 * Who may do what here: accounts, memberships, roles, permissions, sign-in, and the one place that turns a viewer into SQL.
 *
 * <p>Other modules take a {@link org.ancora.access.Viewer} as a controller argument, ask it with
 * {@code viewer.require(Permission.CLOSE_CASE, project)}, and let {@link org.ancora.access.Scope} write the predicate of
 * every list. Tables {@code account} and {@code membership} may be referenced by foreign keys of higher modules.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"database"})
package org.ancora.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
