package org.ancora.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {

    @ParameterizedTest
    @CsvSource({
        "Sofia Bouchard, SB",
        "Rosa María Mendoza, RM",
        "G. Fontana, GF",
        "ana, A",
        "Élodie Ñahui, ÉÑ",
        "'  ', ''"
    })
    void namesBecomeInitials(String name, String initials) {
        assertThat(Layout.initials(name)).isEqualTo(initials);
    }
}
