package org.ancora.process.studio;

import static org.ancora.process.studio.StudioFixtures.bytes;
import static org.ancora.process.studio.StudioFixtures.changed;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.ancora.process.model.ModelFixtures;
import org.ancora.process.model.ProcessFolder;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticMessageSource;

/** A step that was renamed in another tool is called by its new name, in the language of whoever renamed it. */
class NewNamesTest {

    private static final String DIAGRAM = "ask.bpmn";
    private static final String RENAMED = changed(DIAGRAM, "name=\"Call the client\"", "name=\"Ring &#38; ask\"");

    private final ProcessFolder before = ModelFixtures.sound();
    private final StaticMessageSource shipped = new StaticMessageSource();

    NewNamesTest() {
        shipped.addMessage("task.ask.call-client", Locale.ITALIAN, "Chiamare il cliente");
    }

    @Test
    void aNameThatNoWordHidesNeedsNone() {
        Map<String, byte[]> sent = Map.of(DIAGRAM, bytes(RENAMED));

        assertThat(NewNames.kept(before, sent, Locale.ENGLISH, shipped)).isEqualTo(sent);
    }

    @Test
    void aNewNameIsWrittenDownInOneLanguage() {
        Map<String, byte[]> kept = NewNames.kept(before, Map.of(DIAGRAM, bytes(RENAMED)), Locale.ITALIAN, shipped);

        assertThat(kept).containsOnlyKeys(DIAGRAM, "labels/it.properties");
        assertThat(text(kept)).isEqualTo("task.ask.call-client=Ring & ask\n");
    }

    @Test
    void whatIsCalledAsBeforeNeedsNoWords() {
        Map<String, byte[]> same = Map.of(DIAGRAM, bytes(changed(DIAGRAM, "isExecutable", "isExecutable")));

        assertThat(NewNames.kept(before, same, Locale.ITALIAN, shipped)).isEqualTo(same);
    }

    @Test
    void theNextNewNameTakesThePlaceOfTheLast() {
        ProcessFolder once = ModelFixtures.with(
                ModelFixtures.with(before, DIAGRAM, bytes(RENAMED)),
                "labels/it.properties",
                bytes("task.ask.other = Altro\ntask.ask.call-client = Ring & ask\n"));
        String twice = changed(DIAGRAM, "name=\"Call the client\"", "name=\"Dial\"");

        assertThat(text(NewNames.kept(once, Map.of(DIAGRAM, bytes(twice)), Locale.ITALIAN, shipped)))
                .isEqualTo("task.ask.other = Altro\ntask.ask.call-client=Dial\n");
    }

    @Test
    void wordsThatSomebodyChoseStay() {
        ProcessFolder chosen = ModelFixtures.with(
                before, "labels/it.properties", bytes("task.ask.call-client = Chiamare con calma\n"));

        assertThat(NewNames.kept(chosen, Map.of(DIAGRAM, bytes(RENAMED)), Locale.ITALIAN, shipped))
                .containsOnlyKeys(DIAGRAM);
    }

    private static String text(Map<String, byte[]> files) {
        return new String(files.getOrDefault("labels/it.properties", new byte[0]), StandardCharsets.UTF_8);
    }
}
