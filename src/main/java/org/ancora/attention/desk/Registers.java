package org.ancora.attention.desk;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.network.Project;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the civil and the beneficiary register for somebody at the desk (J18, J23, J-R7): over HTTP where an address is set
 * ({@code ancora.registers.civil.url}), else the table that was loaded. Never inside a transaction, never for long, and a
 * register that does not answer holds nothing up. Who asked, which register, for what, and whether it answered is kept; the
 * document is not.
 */
@Service
class Registers {

    private final Map<Register, RegisterOverHttp> outside = new EnumMap<>(Register.class);
    private final RegisterTables tables;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    Registers(
            RegisterTables tables,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            JsonMapper json,
            Environment environment) {
        this.tables = tables;
        this.events = events;
        this.transaction = transaction;
        for (Register register : Register.values()) {
            String prefix = "ancora.registers." + register.code();
            String url = environment.getProperty(prefix + ".url", "");
            if (!url.isBlank()) {
                use(
                        register,
                        new RegisterOverHttp(
                                register,
                                URI.create(url),
                                environment.getProperty(prefix + ".token", ""),
                                environment.getProperty(prefix + ".timeout", Duration.class, Duration.ofSeconds(2)),
                                json));
            }
        }
    }

    /** From now on asked there; null for the table that was loaded. */
    final void use(Register register, @Nullable RegisterOverHttp address) {
        if (address == null) {
            outside.remove(register);
        } else {
            outside.put(register, address);
        }
    }

    /** Whether it is asked over HTTP. */
    boolean isOutside(Register register) {
        return outside.containsKey(register);
    }

    /**
     * Asks.
     *
     * @param attendance key of the visit or call for which it is asked
     * @throws IllegalStateException inside a transaction: it would wait for somebody else's system with locks in its hand
     */
    RegisterAnswer ask(Register register, Project project, String attendance, String document, UserId by) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A register is asked outside of transactions");
        }
        RegisterOverHttp address = outside.get(register);
        RegisterAnswer answer =
                address == null ? tables.find(register, project.id(), document) : address.find(document);
        transaction.executeWithoutResult(status -> events.publishEvent(
                new Audited("register.asked", project.id(), attendance, "register", register.code(), by, Map.of())
                        .with("purpose", "attention")
                        .with("answer", answer.code())));
        return answer;
    }
}
