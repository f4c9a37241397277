package org.ancora.network;

/**
 * A network of organisations that share clients.
 *
 * @param id its key
 * @param name as people know it, "Rete Care"
 */
public record Network(long id, String name) {}
