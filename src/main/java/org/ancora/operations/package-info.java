/**
 * Whether Ancora is well: health, figures, alarms and the node's clock. It looks at the modules below and tells
 * administrators; nothing below knows of it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"access", "process", "correspondence"})
package org.ancora.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
