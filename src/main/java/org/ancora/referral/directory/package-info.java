/** The resource directory: services, places and hours as HSDS 3 describes them, searched, loaded from files and given out again. */
@NamedInterface("directory")
@NullMarked
package org.ancora.referral.directory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
