package org.ancora.attention;

/**
 * A petition was registered that was not solved at once; published in the transaction that registers it. What answers it
 * begins here, and tells the promised day by {@link Petitions#promise} (J37).
 */
public record PetitionRegistered(Petition petition, Destination destination) {}
