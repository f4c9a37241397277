/**
 * The pages on which administrators look after networks, projects and people; other modules hang theirs into a project's
 * administration by publishing an {@link org.ancora.network.admin.AdminSection}.
 */
@NamedInterface("admin")
@NullMarked
package org.ancora.network.admin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
