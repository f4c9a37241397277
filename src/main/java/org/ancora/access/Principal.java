package org.ancora.access;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** What a session keeps of a person: the id, and nothing that could grow stale. Its user name is the id's digits. */
final class Principal implements UserDetails, CredentialsContainer {

    private static final long serialVersionUID = 1L;

    private final UserId id;
    private @Nullable String passwordHash;

    Principal(UserId id, String passwordHash) {
        this.id = id;
        this.passwordHash = passwordHash;
    }

    UserId id() {
        return id;
    }

    @Override
    public String getUsername() {
        return id.toString();
    }

    @Override
    public @Nullable String getPassword() {
        return passwordHash;
    }

    @Override
    public void eraseCredentials() {
        passwordHash = null;
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return List.of();
    }
}
