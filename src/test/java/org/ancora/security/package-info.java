/** Attacks on the product: each shown to work on something unprotected, where that is possible, and then to fail here. */
@org.jspecify.annotations.NullMarked
package org.ancora.security;
