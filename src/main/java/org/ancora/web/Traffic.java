package org.ancora.web;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** How many people wait for a page of this node at this moment, for work in the background that can wait for them. */
@Component
public class Traffic {

    private final AtomicInteger waiting = new AtomicInteger();

    /** Whether somebody waits for a page. */
    public boolean peopleWait() {
        return waiting.get() > 0;
    }

    void comes() {
        waiting.incrementAndGet();
    }

    void goes() {
        waiting.decrementAndGet();
    }
}
