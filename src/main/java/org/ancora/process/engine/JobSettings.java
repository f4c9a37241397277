package org.ancora.process.engine;

import java.time.Duration;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the engine's jobs are taken and tried again.
 *
 * @param lock how long a node keeps a job to itself; longer than the longest step, since whatever outlives it is begun a
 *     second time, and as long a killed node's jobs wait for another one
 * @param idleWait the longest pause before an idle node looks for due jobs again
 * @param retries the pauses before a failed job is tried again, as ISO durations between commas; it is tried once more
 *     than there are pauses, then it becomes an incident
 */
@ConfigurationProperties("ancora.jobs")
record JobSettings(
        @DefaultValue("10m") Duration lock,
        @DefaultValue("5s") Duration idleWait,
        @DefaultValue("PT1M,PT5M,PT30M,PT2H,PT8H") String retries) {

    void applyTo(ProcessEngineConfigurationImpl engine) {
        engine.getJobExecutor().setLockTimeInMillis(Math.toIntExact(lock.toMillis()));
        engine.getJobExecutor().setWaitTimeInMillis(Math.toIntExact(Math.min(idleWait.toMillis(), 5_000)));
        engine.getJobExecutor().setMaxWait(idleWait.toMillis());
        engine.setFailedJobRetryTimeCycle(retries);
        engine.setDefaultNumberOfRetries(retries.split(",").length + 1);
    }
}
