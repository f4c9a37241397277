package org.ancora.casework;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/** Keeps cases; saving one that somebody else changed meanwhile is refused. */
interface CaseFiles extends Repository<CaseFile, Long> {

    Optional<CaseFile> findByCode(String code);

    CaseFile save(CaseFile file);
}
