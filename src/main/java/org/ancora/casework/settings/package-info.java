/** What a project decides about its cases, on pages of its administration: caseload limits, conditions for closing. */
@NullMarked
package org.ancora.casework.settings;

import org.jspecify.annotations.NullMarked;
