package org.ancora.network;

/**
 * What letters, e-mails and text messages say about the organisation; the client is never given a worker's own number
 * (B-R5).
 *
 * @param name the organisation as it signs
 * @param phone number on which clients reach it
 * @param email address to which clients may answer
 * @param address postal address, lines separated by commas
 * @param hours office hours in words, in the project's language
 */
public record Letterhead(String name, String phone, String email, String address, String hours) {}
