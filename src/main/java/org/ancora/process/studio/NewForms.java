package org.ancora.process.studio;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import org.ancora.access.Viewer;
import org.ancora.process.model.ModelCheck;
import org.ancora.web.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.view.RedirectView;

/**
 * Begins forms of the owners' own in the draft. No part of Ancora acts on their answers: they are kept, shown on the case and
 * exported, as those of fields are that owners add to our forms.
 */
@Controller
class NewForms {

    private static final int LONGEST_ID = 60;

    /** Without fields; the version of the schema is that of the forms that came with the release. */
    private static final String EMPTY = """
            {
              "components": [],
              "type": "default",
              "id": "%s",
              "executionPlatform": "Camunda Platform",
              "executionPlatformVersion": "7.24.0",
              "schemaVersion": 19
            }
            """;

    private final Owners owners;
    private final Drafts drafts;
    private final ModelCheck check;

    NewForms(Owners owners, Drafts drafts, ModelCheck check) {
        this.owners = owners;
        this.drafts = drafts;
        this.check = check;
    }

    /** @param name what the owner calls it: any words with a letter or digit in them */
    @PostMapping(FilesController.FOLDER + "/forms")
    RedirectView begin(@PathVariable String folder, @RequestParam(defaultValue = "") String name, Viewer viewer) {
        owners.open(folder, viewer);
        String id = id(name);
        if (!id.matches("[a-z].*")) {
            throw new Problem(HttpStatus.BAD_REQUEST, "studio.new-form.nameless");
        }
        String path = "forms/" + id + ".form";
        // A form of ours would be understood by the part of Ancora that waits for its answers.
        if (drafts.current(folder).files().containsKey(path)
                || check.offer().forms().containsKey(id)) {
            throw new Problem(HttpStatus.CONFLICT, "studio.new-form.taken", id);
        }
        Draft draft = drafts.begin(folder, viewer.id());
        int version = Optional.ofNullable(draft.files().get(path))
                .map(DraftFile::version)
                .orElse(0);
        drafts.save(folder, path, EMPTY.formatted(id).getBytes(StandardCharsets.UTF_8), version, viewer.id());
        RedirectView editor = new RedirectView("/studio/" + folder + "/edit?file=" + path);
        editor.setExposeModelAttributes(false);
        return editor;
    }

    private static String id(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return plain.length() > LONGEST_ID ? plain.substring(0, LONGEST_ID).replaceAll("-$", "") : plain;
    }
}
