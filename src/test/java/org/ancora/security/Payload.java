package org.ancora.security;

import java.io.ObjectInputStream;
import java.io.Serializable;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** What an attacker would like to see running: it leaves a mark when it is made, called, or read back from bytes. */
public final class Payload implements JavaDelegate, Serializable {

    /** The system property and engine property in which every attack of this package leaves its mark. */
    static final String MARK = "ancora.attacked";

    private static final long serialVersionUID = 1L;

    public Payload() {
        strike();
    }

    @Override
    public void execute(DelegateExecution execution) {
        strike();
    }

    private void readObject(ObjectInputStream bytes) {
        strike();
    }

    private static void strike() {
        System.setProperty(MARK, "yes");
    }

    static boolean struck() {
        return System.getProperty(MARK) != null;
    }

    static void forget() {
        System.clearProperty(MARK);
    }
}
