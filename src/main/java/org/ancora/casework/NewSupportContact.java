package org.ancora.casework;

/**
 * Somebody close to the client, to be recorded.
 *
 * @param name how they are called
 * @param relation "aunt", "neighbour"
 * @param phone may be empty
 * @param mayBeSpokenTo whether the client allows it
 */
public record NewSupportContact(String name, String relation, String phone, boolean mayBeSpokenTo) {}
