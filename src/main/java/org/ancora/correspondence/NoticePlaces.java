package org.ancora.correspondence;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where notices lead that are answered on another page than that of what they are about. Each module knows its own kinds; all
 * others lead to the page of the case or the petition.
 */
public interface NoticePlaces {

    /**
     * The path of the page where a notice is answered; empty for kinds that are not this module's.
     *
     * @param kind the code of the notice, as in {@link NewNotice#kind}
     * @param about the case code or number that it is about, null for none
     */
    Optional<String> of(String kind, @Nullable String about);
}
