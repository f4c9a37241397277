/** Forms as they were deployed: their fields, their words in three languages, and their rules checked on the server. */
@NullMarked
package org.ancora.process.form;

import org.jspecify.annotations.NullMarked;
