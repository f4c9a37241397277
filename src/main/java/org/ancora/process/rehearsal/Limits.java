package org.ancora.process.rehearsal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much a rehearsal may take; each of them bounds memory or processor, so that a draft which loops or floods ends by itself.
 *
 * @param atOnce rehearsals on this node
 * @param perPerson of one person
 * @param idle after how long an untouched one ends
 * @param entered how many elements may be entered in one
 * @param instances how many procedures, called ones included, may begin in one
 * @param tasks how many tasks may be open at once
 * @param lines of the journal
 * @param characters of everything that is kept of it: letters as they would have read, and what was answered
 * @param thinking how long one move may take
 * @param years how far it may go
 */
@ConfigurationProperties("ancora.rehearsal")
record Limits(
        @DefaultValue("6") int atOnce,
        @DefaultValue("2") int perPerson,
        @DefaultValue("20m") Duration idle,
        @DefaultValue("5000") int entered,
        @DefaultValue("300") int instances,
        @DefaultValue("100") int tasks,
        @DefaultValue("2000") int lines,
        @DefaultValue("2000000") int characters,
        @DefaultValue("20s") Duration thinking,
        @DefaultValue("5") int years) {}
