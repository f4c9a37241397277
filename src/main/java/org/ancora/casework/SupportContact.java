package org.ancora.casework;

/**
 * Somebody close to the client who may help to reach them (A15).
 *
 * @param id identity
 * @param name how they are called
 * @param relation "aunt", "neighbour"
 * @param phone may be empty
 * @param mayBeSpokenTo whether the client allows it
 * @param version counts its changes
 */
public record SupportContact(long id, String name, String relation, String phone, boolean mayBeSpokenTo, int version) {

    /** "Ana Torres, aunt", or the name alone where nobody noted how they are related. */
    public String nameAndRelation() {
        return relation.isBlank() ? name : name + ", " + relation;
    }
}
