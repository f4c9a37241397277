package org.ancora.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Who is taken for one person when two petitions are compared. */
class PetitionerTest {

    private static final String ADDRESS = "Jr. Cusco 45";

    @Test
    void oneDocumentIsOnePersonAndTwoAreTwo() {
        assertThat(rosa("4412 ", "", "", "").isLike(rosa("4412", "", "966 1", "")))
                .isTrue();
        // A household shares its telephone.
        assertThat(rosa("4412", "", "966 1", "").isLike(rosa("4413", "", "966 1", "")))
                .isFalse();
    }

    @Test
    void withoutADocumentTheWayToReachThemTells() {
        assertThat(rosa("4412", "rosa@example.org", "", "").isLike(rosa("", "Rosa@Example.org ", "", "")))
                .isTrue();
        assertThat(rosa("", "", "966 555-014", "").isLike(rosa("", "", "966555014", "")))
                .isTrue();
        assertThat(rosa("", "", "", ADDRESS).isLike(rosa("", "", "", "JR. Cusco 45 ")))
                .isTrue();
        assertThat(rosa("", "rosa@example.org", "", "").isLike(rosa("", "olga@example.org", "", "")))
                .isFalse();
    }

    @Test
    void aNameAloneTellsNothing() {
        assertThat(rosa("", "", "", "").isLike(rosa("", "", "", ""))).isFalse();
        assertThat(rosa("", "", "", ADDRESS).isLike(rosa("", "", "", ""))).isFalse();
    }

    private static Petitioner rosa(String document, String email, String phone, String address) {
        return new Petitioner(
                new PetitionerId(1),
                document,
                "Rosa",
                "Huamán",
                Beneficiary.UNKNOWN,
                "",
                "",
                "",
                "",
                "",
                phone,
                "",
                email,
                address,
                "",
                Locale.ENGLISH);
    }
}
