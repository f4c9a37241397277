package org.ancora.process.engine;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the engine's jobs are taken and tried again. By its own defaults a node takes three at a time and looks again
 * after up to a minute.
 *
 * @param threads how many run at once on a node; 0 for two to each processor
 * @param atOnce how many are taken in one transaction
 * @param queue how many may wait in memory for a thread; 0 for twice {@code atOnce}, so that taking never waits
 * @param lock how long a node keeps a job to itself; longer than the longest step, since whatever outlives it is begun a
 *     second time, and as long a killed node's jobs wait for another one
 * @param idleWait the longest pause before an idle node looks for due jobs again: how late a timer may be
 * @param backOff the first pause after two nodes took the same jobs
 * @param longestBackOff the longest such pause
 * @param retries the pauses before a failed job is tried again, as ISO durations between commas; it is tried once more
 *     than there are pauses, then it becomes an incident
 */
@ConfigurationProperties("ancora.jobs")
record JobSettings(
        @DefaultValue("0") int threads,
        @DefaultValue("50") int atOnce,
        @DefaultValue("0") int queue,
        @DefaultValue("10m") Duration lock,
        @DefaultValue("5s") Duration idleWait,
        @DefaultValue("25ms") Duration backOff,
        @DefaultValue("400ms") Duration longestBackOff,
        @DefaultValue("PT1M,PT5M,PT30M,PT2H,PT8H") String retries) {

    JobSettings {
        threads = threads > 0 ? threads : 2 * Runtime.getRuntime().availableProcessors();
        queue = queue > 0 ? queue : 2 * atOnce;
    }

    void applyTo(ProcessEngineConfigurationImpl engine, BooleanSupplier peopleWait) {
        WatchedJobExecutor executor = new WatchedJobExecutor(peopleWait);
        executor.setMaxJobsPerAcquisition(atOnce);
        executor.setCorePoolSize(threads);
        executor.setMaxPoolSize(threads);
        executor.setQueueSize(queue);
        executor.setLockTimeInMillis(Math.toIntExact(lock.toMillis()));
        executor.setWaitTimeInMillis(Math.toIntExact(Math.min(idleWait.toMillis(), 5_000)));
        executor.setMaxWait(idleWait.toMillis());
        executor.setBackoffTimeInMillis(Math.toIntExact(backOff.toMillis()));
        executor.setMaxBackoff(longestBackOff.toMillis());
        engine.setJobExecutor(executor);
        engine.setFailedJobRetryTimeCycle(retries);
        engine.setDefaultNumberOfRetries(retries.split(",").length + 1);
    }
}
