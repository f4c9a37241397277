package org.ancora.demo;

import java.util.List;
import org.ancora.network.Project;

/** The demo's clients by project, in the order of their stories. All are invented. */
final class DemoClients {

    private static final List<DemoClient> YORK = List.of(
            new DemoClient("Peter", "Novak", "he/him", 52, "en", "vefp", "Maple Street Clinic"),
            new DemoClient("Aisha", "Karim", "she/her", 29, "en ar", "vse", "Maple Street Clinic"),
            new DemoClient("Dana", "Whitfield", "she/her", 34, "en", "vsEf", "Maple Street Clinic"),
            new DemoClient("Owen", "Fraser", "he/him", 41, "en", "vepf", "North Shelter"),
            new DemoClient("Mei", "Chen", "she/her", 67, "en zh", "sp", "Family Health Team"),
            new DemoClient("Jonah", "Blake", "they/them", 23, "en", "vsf", "North Shelter"),
            new DemoClient("Irene", "Kowalski", "she/her", 58, "en pl", "vpa", "Family Health Team"),
            new DemoClient("Devon", "Marsh", "he/him", 37, "en", "vs", ""),
            new DemoClient("Farah", "Aziz", "she/her", 31, "en fa", "se", "Newcomer Centre"),
            new DemoClient("Luis", "Ortega", "he/him", 46, "es en", "vP", "Newcomer Centre"),
            new DemoClient("Hannah", "Lindqvist", "she/her", 39, "en", "vsEaf", "Maple Street Clinic"),
            new DemoClient("Samuel", "Osei", "he/him", 62, "en", "vp", "Family Health Team"),
            new DemoClient("Chloe", "Martin", "she/her", 27, "en fr", "vse", ""),
            new DemoClient("Tariq", "Hassan", "he/him", 44, "en", "sEf", "North Shelter"),
            new DemoClient("Beth", "Sinclair", "she/her", 51, "en", "vep", ""),
            new DemoClient("Noel", "Grant", "he/him", 33, "en", "v", "Maple Street Clinic"),
            new DemoClient("Rita", "Gomes", "she/her", 48, "en pt", "ve", "Harbour House"),
            new DemoClient("Eli", "Turner", "he/him", 25, "en", "vse", "Newcomer Centre"),
            new DemoClient("Grace", "Adeyemi", "she/her", 36, "en", "vsepf", "Family Health Team"));

    private static final List<DemoClient> AYACUCHO = List.of(
            new DemoClient("Pedro", "Condori", "", 49, "es", "vefp", "Centro de salud Los Licenciados"),
            new DemoClient("Marisol", "Huamán", "", 30, "es qu", "vse", "Centro de salud Los Licenciados"),
            new DemoClient("Elena", "Quispe", "", 35, "qu es", "vsEf", "Centro de salud Los Licenciados"),
            new DemoClient("Julio", "Ramos", "", 44, "es", "vepf", "Municipalidad de Huamanga"),
            new DemoClient("Teodora", "Palomino", "", 68, "qu es", "sp", "Institución educativa San Ramón"),
            new DemoClient("Rosa", "Mendoza", "", 26, "es", "vsf", "Municipalidad de Huamanga"),
            new DemoClient("Víctor", "Ayala", "", 57, "es", "vpa", "Institución educativa San Ramón"),
            new DemoClient("Nilda", "Sulca", "", 38, "es qu", "vs", ""),
            new DemoClient("Édgar", "Núñez", "", 33, "es", "se", "Defensoría municipal"),
            new DemoClient("Lidia", "Tineo", "", 45, "es", "vP", "Defensoría municipal"),
            new DemoClient("Carmen", "Yupanqui", "", 40, "es qu", "vsEaf", "Centro de salud Los Licenciados"),
            new DemoClient("Wilber", "Gutiérrez", "", 61, "es", "vp", "Institución educativa San Ramón"),
            new DemoClient("Yovana", "Ccente", "", 28, "qu es", "vse", ""),
            new DemoClient("Alberto", "Vilca", "", 47, "es", "sEf", "Municipalidad de Huamanga"),
            new DemoClient("Hilda", "Bautista", "", 52, "es", "vep", ""),
            new DemoClient("Roger", "Cárdenas", "", 31, "es", "v", "Centro de salud Los Licenciados"),
            new DemoClient("Maruja", "Oré", "", 50, "es", "ve", "Parroquia Santa Ana"),
            new DemoClient("Kevin", "Huarcaya", "", 24, "es", "vse", "Defensoría municipal"),
            new DemoClient("Gladys", "Prado", "", 37, "es qu", "vsepf", "Institución educativa San Ramón"));

    private static final List<DemoClient> TORINO = List.of(
            new DemoClient("Piero", "Sala", "", 53, "it", "vefp", "Consultorio di via Milano"),
            new DemoClient("Amina", "Belkacem", "", 31, "it ar", "vse", "Consultorio di via Milano"),
            new DemoClient("Bianca", "Ferrero", "", 36, "it", "vsEf", "Consultorio di via Milano"),
            new DemoClient("Dario", "Villa", "", 42, "it", "vepf", "Dormitorio Porta Nuova"),
            new DemoClient("Ines", "Barbero", "", 70, "it", "sp", "Medico di famiglia"),
            new DemoClient("Nicolò", "Serra", "", 22, "it", "vsf", "Dormitorio Porta Nuova"),
            new DemoClient("Lucia", "Rossetti", "", 59, "it", "vpa", "Medico di famiglia"),
            new DemoClient("Sergio", "Cattaneo", "", 38, "it", "vs", ""),
            new DemoClient("Fatou", "Diallo", "", 33, "it fr", "se", "Sportello stranieri"),
            new DemoClient("Ramón", "Pérez", "", 47, "es it", "vP", "Sportello stranieri"),
            new DemoClient("Marta", "Bertolino", "", 40, "it", "vsEaf", "Consultorio di via Milano"),
            new DemoClient("Aldo", "Giordano", "", 63, "it", "vp", "Medico di famiglia"),
            new DemoClient("Cristina", "Fabbri", "", 29, "it", "vse", ""),
            new DemoClient("Youssef", "Amrani", "", 45, "it ar", "sEf", "Dormitorio Porta Nuova"),
            new DemoClient("Daniela", "Moretti", "", 50, "it", "vep", ""),
            new DemoClient("Enzo", "Lombardi", "", 34, "it", "v", "Consultorio di via Milano"),
            new DemoClient("Rosalba", "Pane", "", 49, "it", "ve", "Parrocchia San Salvario"),
            new DemoClient("Mattia", "Colombo", "", 26, "it", "vse", "Sportello stranieri"),
            new DemoClient("Serena", "D’Angelo", "", 37, "it", "vsepf", "Medico di famiglia"));

    private DemoClients() {}

    /** The number of the client whom {@link #twin} is once more, with the same telephone. */
    static final int TWIN_OF = 3;

    /** The client with that number, recorded a second time by somebody who heard the name. */
    static DemoClient twin(Project project) {
        return switch (project.country()) {
            case "PE" -> new DemoClient("Helena", "Kispe", "", 35, "qu es", "v", "");
            case "IT" -> new DemoClient("Bianca", "Ferero", "", 36, "it", "v", "");
            default -> new DemoClient("Dana", "Witfield", "", 34, "en", "v", "");
        };
    }

    /** Why a client of this project is protected. */
    static String whyProtected(Project project) {
        return switch (project.country()) {
            case "PE" -> "Su expareja la busca y tiene familia en la oficina regional.";
            case "IT" -> "L'ex compagno la cerca e conosce persone in servizio.";
            default -> "A former partner is looking for them and knows people at the agency.";
        };
    }

    static List<DemoClient> of(Project project) {
        return switch (project.key()) {
            case "ayacucho" -> AYACUCHO;
            case "torino" -> TORINO;
            default -> YORK;
        };
    }

    /** A coordinator's words to a source whose client lives elsewhere. */
    static String outsideArea(Project project) {
        return switch (project.key()) {
            case "ayacucho" -> "Vive fuera de la zona que atendemos; la oficina de Huanta puede recibirla.";
            case "torino" -> "Abita fuori dalla zona che seguiamo; può rivolgersi allo sportello di Moncalieri.";
            default -> "She lives outside the area that we serve; the office in Barrie can take her.";
        };
    }
}
