package org.ancora.attention.desk;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.attention.Petition;
import org.ancora.attention.desk.DeskWalk.Team;
import org.ancora.testing.AncoraTest;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** What the person takes home and what stays: the form, its receipt, the code on it, and the proof. */
@AncoraTest
class PetitionPagesTest {

    @Autowired
    private DeskWalk walk;

    @Autowired
    private MockMvc web;

    private Team desk;
    private Petition petition;

    @BeforeEach
    void register() {
        desk = walk.inPeru();
        petition = Objects.requireNonNull(
                desk.visitor().finish("attend", desk.agent(), answers()).petition());
        // what answers petitions promises a day of its own
        walk.petitions.promise(petition.id(), LocalDate.of(2027, 1, 8));
    }

    @ParameterizedTest
    @CsvSource({
        "es, Información general del usuario, viernes 8 de enero de 2027, Línea gratuita, Huella digital, Cargo",
        "en, General information of the user, Friday 8 January 2027, Free line, Fingerprint, Receipt",
        "it, Informazioni generali, venerdì 8 gennaio 2027, Numero verde, Impronta digitale, Ricevuta",
    })
    void theFormSaysAllThatWasWrittenDown(
            String language, String partA, String day, String freeLine, String mark, String receipt) throws Exception {
        try (PDDocument pdf = pdf("/fua.pdf?language=" + language)) {
            String text = new PDFTextStripper().getText(pdf).replaceAll("\\s+", " ");
            assertThat(text)
                    .contains("AYA1-2026-0001", "Teresa Ccori Mendoza", "40123456", "Huanta", "No figura en el padrón")
                    .contains("Se le explicó el trámite", "Hogar activo", "Raúl Vargas", "Apoyo Ayacucho")
                    .contains("Jr. Los Rosales N.º 199", "0800 400 04")
                    .contains(partA, day, freeLine, mark, receipt);
            assertThat(pdf.getNumberOfPages()).isOne();
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo(language);
            assertThat(pdf.getDocumentInformation().getTitle())
                    .contains("AYA1-2026-0001")
                    .doesNotContain("Ccori");
        }
    }

    /** Nobody leaves a mark on the telephone. */
    @Test
    void theFormOfACallAsksForNoMark() throws Exception {
        petition = Objects.requireNonNull(desk.caller()
                .finish("take-call", desk.agent(), DeskWalk.onThePhone())
                .petition());
        try (PDDocument pdf = pdf("/fua.pdf?language=es")) {
            assertThat(new PDFTextStripper().getText(pdf).replaceAll("\\s+", " "))
                    .contains("966 000 123", "Por teléfono: se dijo el número a la persona y nadie firma.")
                    .doesNotContain("Huella digital", "Firma de");
        }
    }

    /** The receipt alone names nobody: it may lie about. */
    @Test
    void theReceiptTellsNumberDayOfficeAndFreeLineAndNotWho() throws Exception {
        try (PDDocument pdf = pdf("/receipt.pdf")) {
            assertThat(new PDFTextStripper().getText(pdf).replaceAll("\\s+", " "))
                    .contains("Cargo · AYA1-2026-0001", "viernes 8 de enero de 2027", "Ayacucho", "0800 400 04")
                    .containsPattern("Huamanga \\(066\\) 317673 Atención en días hábiles, de \\d+:00 a \\d+:00")
                    .doesNotContain("Teresa", "Ccori", "40123456", "padrón");
        }
    }

    /** Read from the paper as a telephone would, and followed. */
    @ParameterizedTest
    @ValueSource(strings = {"/fua.pdf", "/receipt.pdf"})
    void theCodeLeadsToAPageThatSaysHowFarItIsAndNotWho(String paper) throws Exception {
        String address;
        try (PDDocument pdf = pdf(paper)) {
            address = scanned(pdf);
        }
        assertThat(address).matches("https?://[^/]+/petition/[A-Za-z0-9_-]{43}");

        MockHttpServletResponse page = web.perform(
                        get(address.replaceFirst("https?://[^/]+", "")).header("Accept-Language", "es"))
                .andReturn()
                .getResponse();

        assertThat(page.getStatus()).isEqualTo(200);
        assertThat(page.getContentAsString())
                .contains("AYA1-2026-0001", "23 de noviembre de 2026", "0800 400 04")
                .doesNotContain("Teresa", "Ccori", "40123456", "padrón", "966", "??");
    }

    @Test
    void anAddressThatWasMadeUpLeadsNowhere() throws Exception {
        for (String secret : new String[] {"A".repeat(43), petition.number(), "x"}) {
            assertThat(web.perform(get("/petition/" + secret).header("Accept-Language", "en"))
                            .andReturn()
                            .getResponse()
                            .getStatus())
                    .as(secret)
                    .isEqualTo(404);
        }
    }

    @Test
    void keepsASignatureAndPrintsIt() throws Exception {
        assertThat(send("/signature", png(600, 200), "signature.png").getStatus())
                .isEqualTo(200);

        assertThat(page(desk.agent())).contains("petitions/AYA1-2026-0001/proof/");
        try (PDDocument pdf = pdf("/fua.pdf")) {
            assertThat(pdf.getPage(0).getResources().getXObjectNames()).isNotEmpty();
            assertThat(pdf.getNumberOfPages()).isOne();
        }
    }

    @Test
    void refusesWhatIsNoSignature() throws Exception {
        byte[] claimsTooMuch = png(2001, 4);
        byte[] cut = java.util.Arrays.copyOf(png(600, 200), 60);
        for (byte[] odd : new byte[][] {{}, "<svg/>".getBytes(), claimsTooMuch, cut, jpeg()}) {
            assertThat(send("/signature", odd, "signature.png").getStatus()).isEqualTo(400);
        }
        assertThat(walk.jdbc
                        .sql("select count(*) from petition_proof")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void keepsAScanThatIsWhatItsNameSays() throws Exception {
        for (int press = 0; press < 2; press++) {
            assertThat(send("/scan", jpeg(), "fua.jpg").getStatus()).isEqualTo(200);
        }
        assertThat(send("/scan", "<html><script>".getBytes(), "fua.pdf").getStatus())
                .isEqualTo(400);
        assertThat(send("/scan", jpeg(), "fua.pdf").getStatus()).isEqualTo(400);
        assertThat(send("/scan", "MZ".getBytes(), "fua.exe").getStatus()).isEqualTo(400);

        long id =
                walk.jdbc.sql("select id from petition_proof").query(Long.class).single();
        MockHttpServletResponse file = web.perform(
                        get(petition.path() + "/proof/" + id).with(signedIn(desk.agent())))
                .andReturn()
                .getResponse();
        assertThat(file.getHeader("Content-Disposition")).startsWith("attachment");
        assertThat(file.getContentAsByteArray()).isEqualTo(jpeg());
    }

    @Test
    void notesOnceThatTheReceiptWasHandedOver() throws Exception {
        for (int press = 0; press < 2; press++) {
            web.perform(post(petition.path() + "/receipt")
                            .with(signedIn(desk.agent()))
                            .with(csrf()))
                    .andReturn();
        }

        assertThat(page(desk.agent())).contains("Raúl Vargas");
        assertThat(walk.jdbc
                        .sql("select way from petition_receipt")
                        .query(String.class)
                        .list())
                .containsExactly("paper");
        assertThat(walk.jdbc
                        .sql("select count(*) from activity where action = 'petition.receipt'")
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    /** Who is complained about meets nothing, by whichever address; nor does anybody of another project. */
    @Test
    void isNotThereForTheOneComplainedAboutNorForStrangers() throws Exception {
        UserId stranger = walk.fixtures.aPerson("Gina Fontana", walk.fixtures.aProjectInItaly(), Role.values());
        UserId worker = walk.fixtures.aPerson("Rosa Mamani", desk.project(), Role.CASEWORKER);
        Petition complaint = Objects.requireNonNull(desk.visitor()
                .finish(
                        "attend",
                        desk.agent(),
                        DeskWalk.said(
                                DeskWalk.escalated(),
                                "kind",
                                "complaint",
                                "about",
                                desk.supervisor().toString()))
                .petition());
        byte[] picture = png(60, 20);

        for (UserId person : new UserId[] {desk.supervisor(), stranger, worker}) {
            for (String path : new String[] {"", "/fua.pdf", "/receipt.pdf", "/proof/1"}) {
                assertThat(web.perform(get(complaint.path() + path).with(signedIn(person)))
                                .andReturn()
                                .getResponse()
                                .getStatus())
                        .as(path)
                        .isEqualTo(404);
            }
            for (String path : new String[] {"/signature", "/scan", "/receipt"}) {
                assertThat(web.perform(post(complaint.path() + path)
                                        .content(picture)
                                        .contentType("application/octet-stream")
                                        .with(signedIn(person))
                                        .with(csrf()))
                                .andReturn()
                                .getResponse()
                                .getStatus())
                        .as(path)
                        .isEqualTo(404);
            }
        }
        assertThat(deskPage(desk.supervisor()))
                .doesNotContain(complaint.number())
                .contains(petition.number());
        assertThat(deskPage(desk.agent())).contains(complaint.number());
    }

    @Test
    void keepsWhoReadAndPrinted() throws Exception {
        page(desk.agent());
        pdf("/fua.pdf").close();

        assertThat(walk.jdbc
                        .sql("select how from read_access where case_code = :number order by id")
                        .param("number", petition.number())
                        .query(String.class)
                        .list())
                .containsExactly("page", "print");
    }

    private static java.util.Map<String, Object> answers() {
        return DeskWalk.said(
                DeskWalk.escalated(), "document", "40123456", "district", "Huanta", "snapshot", "Hogar activo");
    }

    private String page(UserId person) throws Exception {
        return web.perform(get(petition.path()).with(signedIn(person)))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private String deskPage(UserId person) throws Exception {
        return web.perform(get(desk.project().path() + "/desk").with(signedIn(person)))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private PDDocument pdf(String path) throws Exception {
        MockHttpServletResponse answer = web.perform(get(petition.path() + path).with(signedIn(desk.agent())))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).isEqualTo(200);
        return Loader.loadPDF(answer.getContentAsByteArray());
    }

    private MockHttpServletResponse send(String path, byte[] body, String name) throws Exception {
        return web.perform(post(petition.path() + path)
                        .content(body)
                        .contentType("application/octet-stream")
                        .accept("application/json")
                        .header("X-File-Name", name)
                        .with(signedIn(desk.agent()))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    /**
     * As a telephone in a hand does: a little turned, and from nearer. The reader cannot read one in a hundred sound codes when
     * it looks straight at them, from however near; turned, it reads them all.
     */
    private static String scanned(PDDocument pdf) throws Exception {
        for (int degrees : new int[] {0, 2, 5, 9, 14}) {
            for (int dotsAnInch : new int[] {150, 220, 290}) {
                BufferedImage paper =
                        new PDFRenderer(pdf).renderImageWithDPI(pdf.getNumberOfPages() - 1, dotsAnInch, ImageType.RGB);
                try {
                    return scanned(turned(paper, degrees));
                } catch (ReaderException blurred) {
                    continue;
                }
            }
        }
        throw new AssertionError("no code can be read on the last page");
    }

    private static BufferedImage turned(BufferedImage paper, int degrees) {
        BufferedImage seen = new BufferedImage(paper.getWidth(), paper.getHeight(), paper.getType());
        Graphics2D view = seen.createGraphics();
        view.setColor(Color.WHITE);
        view.fillRect(0, 0, seen.getWidth(), seen.getHeight());
        view.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        view.rotate(Math.toRadians(degrees), seen.getWidth() / 2.0, seen.getHeight() / 2.0);
        view.drawImage(paper, 0, 0, null);
        view.dispose();
        return seen;
    }

    private static String scanned(BufferedImage paper) throws ReaderException {
        int[] pixels = paper.getRGB(0, 0, paper.getWidth(), paper.getHeight(), null, 0, paper.getWidth());
        return new QRCodeReader()
                .decode(new BinaryBitmap(
                        new HybridBinarizer(new RGBLuminanceSource(paper.getWidth(), paper.getHeight(), pixels))))
                .getText();
    }

    private static byte[] png(int width, int height) throws Exception {
        return picture(width, height, "png");
    }

    private static byte[] jpeg() throws Exception {
        return picture(60, 20, "jpeg");
    }

    private static byte[] picture(int width, int height, String format) throws Exception {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D paper = image.createGraphics();
        paper.setColor(Color.WHITE);
        paper.fillRect(0, 0, width, height);
        paper.setColor(Color.BLACK);
        paper.drawLine(0, 0, width, height);
        paper.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }
}
