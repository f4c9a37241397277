package org.ancora.attention.complaint;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.ancora.access.UserId;
import org.ancora.attention.Beneficiary;
import org.ancora.attention.Destination;
import org.ancora.attention.NewPetition;
import org.ancora.attention.NewPetitioner;
import org.ancora.attention.Office;
import org.ancora.attention.PetitionChannel;
import org.ancora.attention.PetitionKind;
import org.ancora.attention.PetitionLevel;
import org.ancora.network.Project;
import org.ancora.web.RequestKey;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.BindingResult;
import org.springframework.validation.MapBindingResult;

/** A petition as it is typed, by the person themselves or by whoever opens the letterbox. What was typed is kept on errors. */
final class PetitionForm {

    static final String NAME = "form";

    private static final Pattern EMAIL = Pattern.compile("[^\\s@,;:<>\"()]+@[^\\s@,;:<>\"()]+\\.[^\\s@,;:<>\"().]+");

    private static final Map<String, Integer> LONGEST = Map.of(
            "motive", 4000,
            "whom", 160,
            "document", 20,
            "givenName", 80,
            "familyName", 80,
            "phone", 40,
            "email", 254,
            "address", 300);

    private final Map<String, String> typed = new LinkedHashMap<>();
    private final BindingResult errors;

    private PetitionForm(Map<String, String> sent) {
        for (String field : new String[] {
            "channel",
            "kind",
            "level",
            "destination",
            "office",
            "about",
            "language",
            "website",
            RequestKey.FIELD,
            "motive",
            "whom",
            "document",
            "givenName",
            "familyName",
            "phone",
            "email",
            "address"
        }) {
            typed.put(field, sent.getOrDefault(field, "").strip());
        }
        errors = new MapBindingResult(typed, NAME);
    }

    static PetitionForm of(Map<String, String> sent) {
        return new PetitionForm(sent);
    }

    /** An empty form with what is most often chosen. */
    static PetitionForm blank(Map<String, String> first) {
        PetitionForm blank = new PetitionForm(first);
        blank.typed.put(RequestKey.FIELD, RequestKey.fresh());
        return blank;
    }

    /** The same for the same words in the same form, so that sending them twice registers them once. */
    UUID requestKey() {
        return RequestKey.of(typed);
    }

    Map<String, String> typed() {
        return typed;
    }

    BindingResult errors() {
        return errors;
    }

    String get(String field) {
        return typed.getOrDefault(field, "");
    }

    /** Refuses what is missing, too long, or no way to answer by, in the order in which the page asks. */
    boolean check() {
        need("kind", PetitionForm::isKind, "complaint.form.kind-missing");
        need("motive", text -> !text.isEmpty(), "complaint.form.motive-missing");
        need("givenName", text -> !text.isEmpty(), "complaint.form.name-missing");
        need("email", text -> text.isEmpty() || EMAIL.matcher(text).matches(), "complaint.form.email-wrong");
        need("website", String::isEmpty, "complaint.form.leave-empty");
        typed.forEach((field, text) -> {
            int longest = LONGEST.getOrDefault(field, Integer.MAX_VALUE);
            if (text.length() > longest && !errors.hasFieldErrors(field)) {
                errors.rejectValue(field, "complaint.form.too-long", new Object[] {longest}, null);
            }
        });
        if (get("email").isEmpty() && get("phone").isEmpty() && get("address").isEmpty()) {
            errors.rejectValue("email", "complaint.form.no-way");
        }
        return !errors.hasErrors();
    }

    void need(String field, Predicate<String> fine, String key) {
        if (!errors.hasFieldErrors(field) && !fine.test(get(field))) {
            errors.rejectValue(field, key);
        }
    }

    private static boolean isKind(String code) {
        for (PetitionKind kind : PetitionKind.values()) {
            if (kind.code().equals(code)) {
                return true;
            }
        }
        return false;
    }

    /** The petition; only for a form that was {@link #check checked}. */
    NewPetition petition(
            Project project,
            Office office,
            PetitionChannel channel,
            PetitionLevel level,
            Destination destination,
            Locale language,
            String motive,
            @Nullable UserId about) {
        return new NewPetition(
                project.id(),
                office.id(),
                PetitionKind.of(get("kind")),
                channel,
                level,
                new NewPetitioner(
                        get("document"),
                        get("givenName"),
                        get("familyName"),
                        Beneficiary.UNKNOWN,
                        "",
                        "",
                        "",
                        "",
                        "",
                        get("phone"),
                        "",
                        get("email"),
                        get("address"),
                        "",
                        language),
                motive,
                "",
                about,
                false,
                destination,
                null);
    }
}
