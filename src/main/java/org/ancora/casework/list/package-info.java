/** The list of cases: quick search, rules, sorting, chosen columns, saved searches, bulk changes and exports. */
@NullMarked
package org.ancora.casework.list;

import org.jspecify.annotations.NullMarked;
