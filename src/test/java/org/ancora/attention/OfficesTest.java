package org.ancora.attention;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The directory of offices as it was paired by hand from a flattened table (J98). */
@AncoraTest
class OfficesTest {

    @Autowired
    private Offices offices;

    @Autowired
    private CaseworkFixtures fixtures;

    @Test
    void namesTheFreeLineTheSixteenRegionalOfficesAndTheHeadOffice() {
        Offices.Directory peru = offices.directory(fixtures.aProjectInPeru());

        assertThat(peru.freeLine()).isEqualTo("0800 400 04");
        assertThat(peru.offices().stream().filter(office -> !office.head()).map(Office::name))
                .containsExactly(
                        "Amazonas-Bagua",
                        "Amazonas-Condorcanqui",
                        "Áncash",
                        "Apurímac",
                        "Ayacucho",
                        "Cajamarca",
                        "Cusco",
                        "Huancavelica",
                        "Huánuco",
                        "Junín",
                        "La Libertad",
                        "Loreto-Iquitos",
                        "Loreto-Yurimaguas",
                        "Pasco",
                        "Piura",
                        "Puno");
        assertThat(peru.offices().stream().filter(Office::head).map(Office::phone))
                .containsExactly("(51-1) 446-2112");
        assertThat(peru.offices().stream().map(Office::id)).doesNotHaveDuplicates();
    }

    /** The area code of each number is that of the office's region, so a row that slipped would show. */
    @Test
    void pairsEachOfficeWithANumberOfItsOwnRegion() {
        List<String> codes = List.of(
                "AMA041", "ANC043", "APU083", "AYA066", "CAJ076", "CUS084", "HUV067", "HUC062", "JUN064", "LAL044",
                "LOR065", "PAS063", "PIU073", "PUN051");

        assertThat(offices.of(fixtures.aProjectInPeru()).stream().filter(office -> !office.head()))
                .allSatisfy(office -> assertThat(codes)
                        .contains(office.id().value().substring(0, 3)
                                + office.phone().substring(1, 4)));
    }

    /** The town of each address, read by hand: a row is certain, or says itself what somebody has to check. */
    @Test
    void eachOfficeHasAnAddressInItsTownAndANumberOfItsOwnOrSaysThatItIsDoubtful() {
        Map<String, String> towns = Map.ofEntries(
                entry("AMA1", "Bagua"),
                entry("AMA2", "Santa María de Nieva"),
                entry("ANC1", "Huaraz"),
                entry("APU1", "Abancay"),
                entry("AYA1", "Huamanga"),
                entry("CAJ1", "Cajamarca"),
                entry("CUS1", "Cusco"),
                entry("HUV1", "Huancavelica"),
                entry("HUC1", "Huánuco"),
                entry("JUN1", "Huancayo"),
                entry("LAL1", "Trujillo"),
                entry("LOR1", "Iquitos"),
                entry("LOR2", "Yurimaguas"),
                entry("PAS1", "Yanacancho"),
                entry("PIU1", "Piura"),
                entry("PUN1", "Puno"),
                entry("LIM1", "Lima"));
        List<Office> all = offices.of(fixtures.aProjectInPeru());
        Set<String> numbers = new HashSet<>();

        assertThat(all).extracting(office -> office.id().value()).containsExactlyInAnyOrderElementsOf(towns.keySet());
        for (Office office : all) {
            String town = Objects.requireNonNull(towns.get(office.id().value()));
            boolean certain =
                    office.address().contains(town) && office.address().matches(".*([0-9]|S/N).*");
            assertThat(certain || office.toCheck().contains("address"))
                    .as("%s: %s", office.name(), office.address())
                    .isTrue();
            assertThat(numbers.add(office.phone()) || office.toCheck().contains("phone"))
                    .as("%s: %s", office.name(), office.phone())
                    .isTrue();
        }
    }

    @Test
    void marksWhatHasToBeChecked() {
        assertThat(offices.of(fixtures.aProjectInPeru()).stream()
                        .filter(office -> !office.toCheck().isEmpty())
                        .map(office -> office.name() + " " + office.toCheck()))
                .containsExactly(
                        "Amazonas-Condorcanqui [phone]",
                        "Cusco [address]",
                        "Loreto-Yurimaguas [phone]",
                        "Pasco [address]",
                        "Sede central [email]");
    }

    @Test
    void aProjectWorksFromTheOfficeOfItsRegionAndElseFromItsOwn() {
        assertThat(offices.home(fixtures.aProjectInPeru()).id()).isEqualTo(new OfficeId("AYA1"));

        Office york = offices.home(fixtures.aProjectInOntario());

        assertThat(york.id()).isEqualTo(new OfficeId("YRK1"));
        assertThat(york.phone()).isEqualTo("905 555 0100");
    }
}
