/** What Ancora's tests stand on: a real PostgreSQL, a clock that stands still, a browser, a counter of SQL statements. */
package org.ancora.testing;
