package org.ancora.correspondence;

import java.util.Locale;

/**
 * Somebody who is written to without being a client, as they asked: a petitioner.
 *
 * @param name how they are called
 * @param address e-mail address, or postal address with its lines separated by commas
 * @param language one of ours
 */
public record Addressee(String name, String address, Locale language) {}
