package org.ancora.web;

/**
 * Where the search field of the top bar leads; the one bean of this type decides, without it there is no field.
 *
 * @param path the page that searches, called with GET
 * @param parameter the name under which it receives what was typed
 * @param key message key of the field's label and placeholder
 */
public record SearchEntry(String path, String parameter, String key) {}
