/**
 * Clients beyond one case: finding and not doubling them, their page, protection, merging, and access in an emergency.
 */
@NullMarked
package org.ancora.casework.profile;

import org.jspecify.annotations.NullMarked;
