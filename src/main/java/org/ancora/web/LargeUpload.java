package org.ancora.web;

import java.util.regex.Pattern;

/**
 * An address that takes files, declared as a bean by the module whose page it is: a body there may be larger than any form.
 * The file is the body itself, so that nothing of it is read before the person is known to be allowed.
 *
 * @param path matches the whole path of the address
 * @param largest in bytes
 */
public record LargeUpload(Pattern path, int largest) {}
