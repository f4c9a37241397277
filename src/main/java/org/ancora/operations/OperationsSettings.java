package org.ancora.operations;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * From when on something is worth telling.
 *
 * @param every how often each node looks
 * @param figuresKept how long figures are good for the next who asks
 * @param skewAlarm how far a node's clock may be from the database's before it is told
 * @param skewLimit how far before the node takes no more jobs
 * @param overdueAlarm how long a timer or step may be due
 * @param mailAlarm how long a message may wait for its next try
 * @param lossesAlarm how often in a row a job may lose against other changes
 */
@ConfigurationProperties("ancora.operations")
record OperationsSettings(
        @DefaultValue("15s") Duration every,
        @DefaultValue("5s") Duration figuresKept,
        @DefaultValue("2s") Duration skewAlarm,
        @DefaultValue("30s") Duration skewLimit,
        @DefaultValue("5m") Duration overdueAlarm,
        @DefaultValue("30m") Duration mailAlarm,
        @DefaultValue("20") int lossesAlarm) {}
