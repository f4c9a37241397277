package org.ancora.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.ancora.web.EditConflict.Carried;
import org.ancora.web.EditConflict.Field;
import org.ancora.web.EditConflict.Page;
import org.ancora.web.EditConflict.Standing;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** Two versions side by side: whoever came second loses nothing, whatever was typed on either side. */
class EditConflictTest {

    @Test
    void tellsWhoChangedWhat() {
        MockHttpServletRequest request = sent();
        request.setParameter("a", "mine");
        request.setParameter("was.a", "before");
        request.setParameter("b", "before");
        request.setParameter("was.b", "before");
        request.setParameter("c", "mine");
        request.setParameter("was.c", "before");
        request.setParameter("d", "mine");

        Page page = EditConflict.of(request, 7, "/back")
                .line("a", "A", "theirs")
                .line("b", "B", "theirs")
                .line("c", "C", "before")
                .line("d", "D", "theirs")
                .page();

        assertThat(page.fields())
                .extracting(Field::standing)
                .containsExactly(Standing.BOTH, Standing.THEIRS, Standing.MINE, Standing.BOTH);
        assertThat(page.version()).isEqualTo(7);
        assertThat(page.action()).isEqualTo("/cases/X/notes/5");
    }

    /** Otherwise every text of two lines would seem to be changed: browsers end lines as mail does. */
    @Test
    void endsOfLinesAreNoChange() {
        MockHttpServletRequest request = sent();
        request.setParameter("text", "one\r\ntwo ");
        request.setParameter("was.text", "one\r\ntwo");

        Field field = EditConflict.of(request, 1, "/")
                .text("text", "Text", "one\ntwo")
                .page()
                .fields()
                .get(0);

        assertThat(field.standing()).isEqualTo(Standing.SAME);
    }

    @Test
    void aBoxThatIsNotTickedIsNotSent() {
        Page page = EditConflict.of(sent(), 1, "/")
                .check("safe", "Safe", true, code -> code.equals("true") ? "yes" : "no")
                .page();

        assertThat(page.fields().get(0).mine()).isEqualTo("false");
        assertThat(page.fields().get(0).mineShown()).isEqualTo("no");
        assertThat(page.fields().get(0).theirsShown()).isEqualTo("yes");
    }

    @Test
    void whatIsNotAskedAboutTravelsAlong() {
        MockHttpServletRequest request = sent();
        request.setParameter("text", "mine");
        request.setParameter("step", "2");
        request.setParameter("kind", "a", "b");
        request.setParameter("_safe", "on");
        request.setParameter("_csrf", "token");

        Page page =
                EditConflict.of(request, 3, "/").text("text", "Text", "theirs").page();

        assertThat(page.carried())
                .containsExactlyInAnyOrder(
                        new Carried("step", "2"), new Carried("kind", "a"), new Carried("kind", "b"));
    }

    /** A property: of any three texts, both versions can be chosen word for word, and "both" holds the one and the other. */
    @Test
    void anyTwoVersionsCanBeHadInFull() {
        Random dice = new Random(20261123);
        for (int round = 0; round < 2000; round++) {
            String before = words(dice);
            String mine = dice.nextInt(4) == 0 ? before : words(dice);
            String theirs = dice.nextInt(4) == 0 ? before : words(dice);
            MockHttpServletRequest request = sent();
            request.setParameter("text", mine);
            request.setParameter("was.text", before);

            Field field = EditConflict.of(request, 1, "/")
                    .text("text", "Text", theirs)
                    .page()
                    .fields()
                    .get(0);

            assertThat(field.mine()).isEqualTo(mine);
            assertThat(field.theirs()).isEqualTo(theirs);
            assertThat(field.isSame()).isEqualTo(mine.equals(theirs));
            if (field.both() != null) {
                assertThat(field.both()).startsWith(theirs).endsWith(mine);
            }
            if (!mine.equals(before) && !theirs.equals(before) && !mine.equals(theirs)) {
                assertThat(field.standing()).isEqualTo(Standing.BOTH);
            }
        }
    }

    private static String words(Random dice) {
        List<String> words = List.of("called", "Dana", "\n", "«¿mañana?»", "<b>", "\"quoted\"", "–", "1");
        StringBuilder text = new StringBuilder();
        for (int word = dice.nextInt(5); word >= 0; word--) {
            text.append(words.get(dice.nextInt(words.size()))).append(' ');
        }
        return text.toString().strip();
    }

    private static MockHttpServletRequest sent() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/cases/X/notes/5");
        request.setParameter("version", "1");
        return request;
    }
}
